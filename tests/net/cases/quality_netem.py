# SPDX-License-Identifier: GPL-2.0-or-later
"""What the kernel's netem does to media on its way is counted as tshark counts it.

Both sides send a thousand packets through the fast path, that are lost, late,
reordered and doubled before they come to the router. tcpdump keeps what arrives
there: tshark judges it, and the module has to say the same. All that arrives is
forwarded, in that order.
"""
import collections
import struct
import tempfile
import time
from pathlib import Path

from lib import check, fast
from lib.tshark import Tcpdump, jitter
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6")
HELPERS = ("sipfast",)
SECONDS = 120

STEP, CLOCK = 0.02, 8000
COUNT = 1000
# Of the phone's packets, and of the provider's.
HARM = (("delay", "60ms", "8ms", "distribution", "normal", "loss", "3%", "duplicate", "2%",
         "reorder", "97%", "gap", "40"),
        ("delay", "30ms", "25ms", "loss", "6%", "duplicate", "4%"))
TOLERANCE = 0.05
FLOOR_US = 20


def near(ours, theirs):
    return abs(ours - theirs) <= max(FLOOR_US, TOLERANCE * theirs)


class Flow:
    """Both sides send every 20 ms; what they hear is kept."""

    def __init__(self, talk):
        self.ways = (talk.one, talk.two), (talk.two, talk.one)
        # By who hears it: sequence numbers.
        self.heard = collections.defaultdict(list)
        self.due = time.monotonic()

    def listen(self):
        for _, dst in self.ways:
            dst.rtp.sock.setblocking(False)
            try:
                while True:
                    data = dst.rtp.sock.recv(2048)
                    self.heard[dst] += struct.unpack_from("!H", data, 2)
            except BlockingIOError:
                pass

    def pause(self, seconds):
        time.sleep(seconds)
        self.listen()

    def run(self, count):
        """By their clock they come evenly, whatever pauses there are."""
        self.due = max(self.due, time.monotonic())
        for _ in range(count):
            for src, _ in self.ways:
                data = src.source.packet(stamp=round(self.due * CLOCK))
                src.rtp.send(data, src.peer.rtp)
            self.due += STEP
            time.sleep(max(0, self.due - time.monotonic()))
            self.listen()


def netem(talk, *action):
    """What happens to what both sides send."""
    for end, harm in zip((talk.one, talk.two), HARM):
        end.rtp.host.run("tc", "qdisc", action[0], "dev", "eth0", "root", "netem",
                         *(harm if action[0] == "add" else ()))


def promoted(net, flow):
    """As soon as it may, and evenly from the beginning: the highest jitter is looked at."""
    for _ in range(10):
        flow.run(25)
        if fast.promoted(net) == [True, True]:
            return
    check.fail("it is not promoted")


def harmed(net, talk, flow):
    """Harm on the way, and some packets without, behind which nothing is missing."""
    promoted(net, flow)
    flow.run(10)
    before = fast.directions(net)
    netem(talk, "add")
    flow.run(COUNT)
    # What is under way arrives, or nobody knows what became of it.
    flow.pause(0.5)
    netem(talk, "del")
    flow.run(20)
    for old, new in zip(before, fast.directions(net)):
        check.equal(new["fast_packets"] - old["fast_packets"], new["packets"] - old["packets"],
                    "in the fast path")
        check.true(new["packets"] - old["packets"] > COUNT * 0.8, "too few")


def compare(net, way, dump, src, heard):
    """The module's numbers of a direction, and those of others."""
    told = fast.directions(net)[way]
    rtp = told["rtp"]
    arrived = dump.stop(told["packets"], net.plan.family)
    numbers = [seq for _, seq, _ in arrived]
    check.equal(heard, numbers, "what is forwarded, in that order")
    different = len(set(numbers))
    check.equal({name: rtp[name] for name in ("expected", "lost", "duplicates", "sources")},
                {"expected": src.source.seq, "lost": src.source.seq - different,
                 "duplicates": len(numbers) - different, "sources": 1}, "what came")
    highest, late = -1, 0
    for number in dict.fromkeys(numbers):
        late += number < highest
        highest = max(highest, number)
    check.equal(rtp["reordered"], late, "reordered")
    check.true(all(rtp[name] for name in ("lost", "duplicates", "reordered")), f"no harm: {rtp}")

    packets, lost, _, most = dump.judged(src.rtp.port)
    # There, duplicates make up for what is lost (A.3).
    check.equal((told["packets"], rtp["lost"] - rtp["duplicates"]), (packets, lost),
                "packets and loss, by tshark")
    last, highest = jitter(arrived, CLOCK)
    check.true(near(highest, most), f"highest jitter: {highest:.0f} by A.8, {most:.0f} by tshark")
    for name, ours, theirs in (("jitter_max_us", rtp["jitter_max_us"], most),
                               ("jitter_us", rtp["jitter_us"], last)):
        check.true(theirs > 1000 and near(ours, theirs), f"{name} {ours}, not {theirs:.0f}")


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    with tempfile.TemporaryDirectory() as folder:
        dumps = [Tcpdump(net.router, dev, end.peer.rtp[1], str(Path(folder, dev)))
                 for dev, end in (("lan1", talk.one), ("wan", talk.two))]
        flow = Flow(talk)
        harmed(net, talk, flow)
        for way, (src, dst) in enumerate(flow.ways):
            compare(net, way, dumps[way], src, flow.heard[dst])
    talk.call.bye()
    net.nothing_left()
