# SPDX-License-Identifier: GPL-2.0-or-later
"""A pressed key (RFC 4733) counts once, however it is repeated; which key it was is told nowhere.

By the payload type that the receiver's description names; in the stack and in the
fast path. Neither show, the monitor, a tracepoint nor the end of the stream differ
by the key.
"""
import struct
from pathlib import Path

from lib import check, fast, rtp, sip
from lib.monitor import Monitor
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)
SECONDS = 60

TRACING = Path("/sys/kernel/tracing")
TYPES = 101, 97                 # what phone and provider receive digits as
KEYS = {"1": 1, "4": 4, "7": 7, "9": 9, "*": 10, "#": 11, "D": 15}
END = 0x80
STEP = 160                      # ticks of 20 ms


def describe(who, port, kind):
    return sip.sdp(who.addr, media=[f"m=audio {port} RTP/AVP 0 {kind}",
                                    f"a=rtpmap:{kind} telephone-event/8000",
                                    f"a=fmtp:{kind} 0-15"])


def pressed(source, key, kind, steps=5):
    """The packets of a key: one timestamp, a duration that grows, and the end three times."""
    start = source.seq
    for step in range(steps + 2):
        over = step >= steps - 1
        head = struct.pack("!BBHII", 0x80, kind | (0 if step else 0x80), source.seq & 0xffff,
                           start * STEP, source.ssrc)
        source.seq += 1
        yield head + struct.pack("!BBH", KEYS[key], 10 | (END if over else 0),
                                 STEP * min(step + 1, steps))


def pass_on(src, dst, packets):
    for data in packets:
        src.rtp.send(data, src.peer.rtp)
        dst.rtp.expect(data, dst.peer.rtp, "a digit")


def press(src, dst, keys, kind, missing=()):
    """Keys with audio between them, of each the same packets missing; how many came."""
    sent = 0
    for key in keys:
        come = [data for number, data in enumerate(pressed(src.source, key, kind))
                if number not in missing]
        pass_on(src, dst, come + [src.source.packet()])
        sent += len(come) + 1
    return sent


def flat(what, path=""):
    """{path: value} of all that is told, but what depends on when one asks."""
    if isinstance(what, (dict, list)):
        found = {}
        for key, value in what.items() if isinstance(what, dict) else enumerate(what):
            found |= flat(value, f"{path}.{key}")
        return found
    return {} if path.endswith(("_ms", "_s", "_us", "recent_permille")) or "quality" in path \
        else {path: what}


def told(net, talk):
    return flat(net.tool("show", "call", talk.call.id)["streams"][0])


def differs(before, after):
    check.equal(before.keys(), after.keys(), "what is told")
    return {path: after[path] - value for path, value in before.items() if after[path] != value}


def counts(net, talk, number, quick, **more):
    """What is told of four keys, of whatever keys, is how many."""
    src, dst = (talk.one, talk.two) if not number else (talk.two, talk.one)
    way = "reverse" if number else "forward"
    kind = TYPES[1 - number]
    for keys in ("1111", "479#", "D*D*"):
        # Nobody is missed meanwhile.
        rtp.both_ways(talk.one, talk.two, rtcp=False)
        before = told(net, talk)
        sent = press(src, dst, keys, kind, **more)
        moved = differs(before, told(net, talk))
        lost = 4 * 8 - sent
        head = 20 if net.plan.family == 4 else 40
        want = {"packets": sent, "bytes": 4 * (head + 8 + 12 + 160) + (sent - 4) * (head + 8 + 16),
                "rtp.expected": 4 * 8, "rtp.digits": 4}
        want |= ({"fast_packets": sent} if quick else {}) | ({"rtp.lost": lost} if lost else {})
        check.equal(moved, {f".{way}.{name}": value for name, value in want.items()},
                    f"what {keys} adds, {way}")


def all_counts(net, talk, quick):
    for number in 0, 1:
        counts(net, talk, number, quick)
        # Who misses the beginning, or the end, has heard it; a key is not pressed twice.
        counts(net, talk, number, quick, missing=(0, 1))
        counts(net, talk, number, quick, missing=(4, 5, 6))
        counts(net, talk, number, quick, missing=(1, 2, 3, 4, 5, 6))


def other_type(net, talk):
    """The number by which the sender receives digits means nothing to the receiver."""
    before = fast.directions(net)[0]["rtp"]
    pass_on(talk.one, talk.two, pressed(talk.one.source, "4", TYPES[0]))
    after = fast.directions(net)[0]["rtp"]
    check.equal([after[name] - before[name] for name in ("digits", "payloads")], [0, 1],
                "digits, changes of the codec")


def twice(net, talk):
    """A packet that comes again, or late, presses no key."""
    src, dst = talk.one, talk.two
    before = told(net, talk)
    first = list(pressed(src.source, "7", TYPES[1]))
    second = list(pressed(src.source, "7", TYPES[1]))
    pass_on(src, dst, first[:-1] + second[:2] + first[-1:] + second[2:] + second[-1:])
    moved = differs(before, told(net, talk))
    check.equal({name: moved.get(f".forward.rtp.{name}") for name in
                 ("digits", "reordered", "duplicates", "lost", "payloads")},
                {"digits": 2, "reordered": 1, "duplicates": 1, "lost": None, "payloads": None},
                "late and doubled")


class Listeners:
    """Monitor and tracepoints, from the moment when audio flows both ways."""

    def __init__(self, net):
        self.monitor = Monitor(net.router)
        for name, value in (("trace", ""), ("events/sipfast/enable", "1")):
            (TRACING / name).write_text(value, encoding="ascii")

    def heard(self):
        """What they told; they listen no more."""
        traced = [line for line in (TRACING / "trace").read_text("ascii").splitlines()
                  if not line.startswith("#")]
        (TRACING / "events/sipfast/enable").write_text("0", encoding="ascii")
        return self.monitor.events(), traced


def silent(net, talk):
    """Nobody is told that somebody presses keys."""
    rtp.both_ways(talk.one, talk.two, rtcp=False)
    listeners = Listeners(net)
    press(talk.one, talk.two, "1479*#D", TYPES[1])
    events, traced = listeners.heard()
    check.equal((events, traced), ([], []), "events and traces of keys")
    listeners.monitor.close()


def end(net, phone, provider, keys):
    """What is told of a whole talk."""
    listeners = Listeners(net)
    talk = make(phone, provider)
    speak(talk)
    press(talk.one, talk.two, keys, TYPES[1])
    talk.call.bye()
    net.nothing_left()
    talk.close()
    events, traced = listeners.heard()
    listeners.monitor.close()
    check.true(traced, "nothing was traced")
    way, = (event["stream"]["forward"] for event in events if event["event"] == "stream-end")
    check.equal(way["rtp"]["digits"], len(keys), "digits at the end")
    numbers = {name: value for name, value in flat(way).items()
               if not name.endswith((".target", ".source_mapped", ".ssrc"))}
    return numbers, [event["event"] for event in events], len(traced)


def make(phone, provider):
    ports = 4000, 40000
    return Talk(phone, provider, ports, descriptions=[
        describe(who, port, kind) for who, port, kind in zip((phone, provider), ports, TYPES)])


def speak(talk):
    rtp.both_ways(talk.one, talk.two)


def run(net):
    phone, provider = pair(net)
    net.set("fastpath", "off")
    # What is lost here, and comes at once, is no event.
    net.set("loss-alarm", "1000", "jitter-alarm", "10000")
    talk = make(phone, provider)
    talk.speak()
    all_counts(net, talk, quick=False)
    silent(net, talk)
    twice(net, talk)
    fast.settle()
    net.set("fastpath", "on")
    talk.speak()
    fast.wait(net)
    all_counts(net, talk, quick=True)
    silent(net, talk)
    twice(net, talk)
    other_type(net, talk)
    said = net.router.run("sipfast", "show", "call", talk.call.id)
    digits = fast.directions(net)[0]["rtp"]["digits"]
    check.true(f" {digits} digits" in said, f"no {digits} digits in {said}")
    talk.call.bye()
    net.nothing_left()
    talk.close()
    check.equal(*(end(net, phone, provider, keys) for keys in ("1479", "D#*4")),
                "what is told of two talks")
