# SPDX-License-Identifier: GPL-2.0-or-later
"""policy: what it costs to refuse, and to know what SIP a packet is.

policy/banned    a datagram of a banned source, one of SOURCES: the shipped chain and
                 set of nft, beside Kamailio with its htable. Time of all of the
                 guest's processes, for Kamailio is a program; what sending and
                 receiving costs (a chain of the device drops the packet) is taken off
policy/classify  to write the mark of a SIP packet of a connection with the helper:
                 a message with mark-mask beside one without, in time of the guest's
                 kernel; limit 150 ns
policy/others    the same of packets without the helper, beside those without
                 mark-mask: nothing measurable

All in one guest, in turn.
"""
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from harness.guest import Guest, say
from harness.router import OURS, PLAIN, ROOT, Router, load
from harness.table import Count, Failed, Row, Value

ROUNDS = int(os.environ.get("ROUNDS", "20"))
SOURCES = 1000
BANNED = 10000      # datagrams of a run
MESSAGES = 7680     # dialogs of a run: OPTIONS and 200
BATCH = 64
MASK = "0x3fff0000"

FLOOR, NFT, KAMAILIO = "floor", "nft", "Kamailio"
TARGETS = {"banned": 1 / 10, "others": 1.02}
LIMIT_NS = 150


def measure():
    """The rows."""
    for room in "tests/bench", "daemon":
        subprocess.run(["make", "-s", "-C", ROOT / room], check=True, stdout=sys.stderr)
    say(f"bench: policy: {ROUNDS} rounds")
    command = [ROOT / "tests/bench/run", "--guest", "policy", ROUNDS]
    cost = {}
    with Guest([str(word) for word in command], timeout=1200) as guest:
        for line in guest:
            word, _, rest = line.partition(" ")
            if word != "run":
                say(line)
                continue
            run = json.loads(rest)
            spent = guest.total if run["what"] in (FLOOR, NFT, KAMAILIO) else guest.between
            cost.setdefault(run["what"], []).append(
                spent(run["id"] + ".begin", run["id"] + ".end") / run["count"])
    return rows(cost)


def above(cost, what, floor):
    return Value([one - other for one, other in zip(cost[what], cost[floor])])


def rows(cost):
    say(f"bench: policy: to send and receive costs {Value(cost[FLOOR])} ns, a message "
        f"without marks {Value(cost['off'])} ns")
    return [Row("policy/banned", "ns/packet", above(cost, NFT, FLOOR), KAMAILIO,
                above(cost, KAMAILIO, FLOOR), TARGETS["banned"]),
            Row("policy/classify", "ns/packet", above(cost, "on", "off"), "limit",
                Count(LIMIT_NS), 1),
            Row("policy/others", "ns/packet", Value(cost["others-on"]), "no marks",
                Value(cost["others-off"]), TARGETS["others"])]


# Inside


def sources():
    return [f"10.0.{1 + n // 256}.{n % 256}" for n in range(SOURCES)]


class Banned:
    """A router that three ways keep packets out of."""

    def __init__(self):
        self.router = Router(PLAIN)
        host = self.router.host
        host.run("nft", "-f", "-", text="table inet sipfast\ndelete table inet sipfast\n")
        host.run("nft", "-f", str(ROOT / "nft/sipfast-sets.nft"))
        self.work = tempfile.TemporaryDirectory()   # pylint: disable=consider-using-with
        self.server = self.start()

    def start(self):
        """Kamailio, which knows whom it has banned."""
        conf = Path(self.work.name, "cfg")
        conf.write_text((ROOT / "tests/bench/banned.cfg").read_text(encoding="utf-8"),
                        encoding="utf-8")
        with self.router.host:
            server = subprocess.Popen(      # pylint: disable=consider-using-with
                ["kamailio", "-f", conf, "-l", "udp:192.168.1.1:5060", "-DD", "-E", "-m", "64",
                 "-M", "8", "-n", "1", "-w", self.work.name, "-Y", self.work.name],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        with self.router.host:
            while ":13C4" not in Path("/proc/thread-self/net/udp").read_text(encoding="ascii"):
                if time.monotonic() > end or server.poll() is not None:
                    sys.exit("bench: Kamailio does not start")
                time.sleep(0.05)
        return server

    def set(self, what):
        host = self.router.host
        host.run("nft", "-f", "-", text="flush set inet sipfast banned4\n"
                 "table netdev floor\ndelete table netdev floor\n")
        if what == NFT:
            host.run("nft", "-f", "-", text="add element inet sipfast banned4 { %s }\n" %
                     ", ".join(one + " timeout 1d" for one in sources()))
        elif what == FLOOR:
            host.run("nft", "-f", "-", text="""table netdev floor {
                chain in {
                    type filter hook ingress device "lan" priority 0
                    udp dport 5060 drop
                }
            }""")

    def arrived(self):
        """Datagrams that the server's socket was given."""
        with self.router.host:
            text = Path("/proc/thread-self/net/snmp").read_text(encoding="ascii")
        head, values = [line.split() for line in text.splitlines() if line.startswith("Udp:")]
        numbers = dict(zip(head, values))
        return int(numbers["InDatagrams"]) + int(numbers["RcvbufErrors"])

    def run(self, number, what):
        self.set(what)
        ident = f"{number}-{what}"
        before = self.arrived()
        with self.router.phone, subprocess.Popen(
                [ROOT / "build/bench/flood", "192.168.1.1", "5060", str(SOURCES), str(BANNED),
                 ROOT / "build/lab/marks" / ident], stdout=subprocess.PIPE, text=True) as job:
            for line in job.stdout:
                print(f"mark {ident}.{line.split()[1]}", flush=True)
        if job.returncode:
            sys.exit(f"bench: {ident}: the flood failed")
        # What waits at the socket is not counted yet.
        end = time.monotonic() + 2
        while what == KAMAILIO and self.arrived() - before < BANNED + SOURCES and \
                time.monotonic() < end:
            time.sleep(0.05)
        got = self.arrived() - before
        if (got > 0) != (what == KAMAILIO) or (got and got != BANNED + SOURCES):
            sys.exit(f"bench: {what}: {got} datagrams arrived")
        print("run", json.dumps({"id": ident, "what": what, "count": BANNED}), flush=True)

    def end(self):
        self.server.terminate()
        self.server.wait()
        self.work.cleanup()


def message(router, number, what, mask):
    router.host.run("sipfast", "set", "mark-mask", mask)
    ident = f"{number}-{what}"
    count = 2 * load(router, ident, "options", MESSAGES, BATCH)
    print("run", json.dumps({"id": ident, "what": what, "count": count}), flush=True)


def guest(arguments):
    """Inside the guest: everything in turn, ROUNDS times."""
    subprocess.run(["modprobe", "nf_sipfast"], check=True)
    ours, plain, banned = Router(OURS), Router(PLAIN), Banned()
    orders = itertools.cycle(itertools.permutations((FLOOR, NFT, KAMAILIO)))
    for number in range(int(arguments[0])):
        for what in next(orders):
            banned.run(number, what)
        for mask, state in sorted((("none", "off"), (MASK, "on")), reverse=number % 2):
            message(ours, number, state, mask)
            message(plain, number, "others-" + state, mask)
    marked = ours.state()["mark-set"]
    banned.end()
    if not marked or plain.state()["mark-set"]:
        raise Failed("what should have marks has none, or what should not has")
    return 0
