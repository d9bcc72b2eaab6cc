# SPDX-License-Identifier: GPL-2.0-or-later
"""media: what it costs to forward a packet of RTP.

media/flowtable  beside an nft flow table that translates
media/nat        beside conntrack that translates, and the stack
media/1000       a thousand streams, beside one: in the same order each time, as a PBX
                 sends them at the ticks of its clock
media/10000      ten thousand
media/…-mixed    in another order each time
media/rtpengine  beside rtpengine's kernel module

Packets have 200 bytes and are whole RTP; all come from the phone's device, with
checksums that count as verified, and end in a dummy device. One guest has a
router for each, and another that drops such packets where they come in. They take
turns, see compare.c; a sample is the difference to what dropping cost in the same
turn: what the harness itself costs is not in it. After each round it is proved that
every packet was forwarded, and by whom.

With many flows, each of them has had a packet since the others' turn when time is
taken, and has one more: what is measured is that flow after flow comes, not that
others have had the processor's cache.

rtpengine comes last: its sockets have every packet of the machine stamped with the
time, whoever forwards it.
"""
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from harness.forwarders import Floor, Flowtable, Nat, Ours
from harness.guest import Guest, say
from harness.media import compare
from harness.router import ROOT
from harness.rtpengine import Rtpengine
from harness.table import Failed, Row, Value

ROUNDS = int(os.environ.get("ROUNDS", "20"))
TURNS = int(os.environ.get("TURNS", "100"))
UNIT = "ns/packet"


class Part(NamedTuple):
    """What is compared at once.

    In each of `turns` times TURNS turns, `warm` packets are sent and then `count` that
    are timed. `lines` are rows: name, whose cost, beside whose, who that is, target.
    `order` is that of several flows.
    """

    warm: int
    count: int
    turns: float
    lines: list
    order: str = "turns"


PARTS = {
    "peers": Part(64, 512, 1, [
        ("flowtable", "ours-1", "flowtable-1", "nft flowtable", 0.75),
        ("nat", "ours-1", "nat-1", "conntrack SNAT", 0.35)]),
    "1000": Part(1000, 1000, 0.5, [("1000", "ours-1000", "ours-1", "one flow", 1.1)]),
    "10000": Part(10000, 10000, 0.3, [("10000", "ours-10000", "ours-1", "one flow", 1.25)]),
    "1000-mixed": Part(1000, 1000, 0.5, [
        ("1000-mixed", "ours-1000", "ours-1", "one flow", 1.1)], "mixed"),
    "10000-mixed": Part(10000, 10000, 0.3, [
        ("10000-mixed", "ours-10000", "ours-1", "one flow", 1.25)], "mixed"),
    "rtpengine": Part(64, 512, 1, [
        ("rtpengine", "ours-1", "rtpengine-1", "rtpengine's module", 0.2)]),
}

# Outside the guest


def measure():
    """The rows."""
    for words in (["make", "-s", "-C", ROOT / "tests/bench"],
                  ["make", "-s", "-C", ROOT / "daemon"], [ROOT / "tests/bench/rtpengine"]):
        subprocess.run(words, check=True, stdout=sys.stderr)
    say(f"bench: media: {ROUNDS} rounds of {TURNS} turns")
    command = [ROOT / "tests/bench/run", "--guest", "media", ROUNDS, TURNS]
    times = {}
    with Guest([str(word) for word in command], timeout=1500, options=["--huge-pages"]) as guest:
        for line in guest:
            word, _, rest = line.partition(" ")
            if word != "times":
                say(line)
                continue
            told = json.loads(rest)
            for name, each in told["times"].items():
                times.setdefault(told["part"], {}).setdefault(name, []).extend(each)
    file = ROOT / "build/bench/media.json"
    file.write_text(json.dumps(times) + "\n", encoding="ascii")
    if times.keys() != PARTS.keys():
        raise Failed("media: parts are missing")
    return [row(times[name], *line) for name, part in PARTS.items() for line in part.lines]


def row(times, name, ours, peer, title, target):
    floor = times["floor-1"]
    say(f"bench: media/{name}: the floor beside is {Value(floor)} {UNIT}")
    ours, peer = (Value([cost - dropped for cost, dropped in zip(times[whose], floor, strict=True)])
                  for whose in (ours, peer))
    return Row(f"media/{name}", UNIT, ours, title, peer, target)


# Inside


def alternate(name, routers, rounds, turns):
    part = PARTS[name]
    for router in routers:
        router.settle()
    for _ in range(rounds):
        costs = compare(routers, max(1, int(turns * part.turns)), part.warm, part.count,
                        part.order)
        times = {f"{router.name}-{router.count}": [round(cost, 1) for cost in each]
                 for router, each in zip(routers, costs)}
        print("times", json.dumps({"part": name, "times": times}), flush=True)


def guest(arguments):
    """Inside the guest: every part."""
    rounds, turns = map(int, arguments)
    subprocess.run(["modprobe", "nf_sipfast"], check=True)
    Path("/proc/sys/net/netfilter/nf_conntrack_buckets").write_text("65536", encoding="ascii")
    floor, *ours = Floor(1), Ours(1), Ours(1000), Ours(10000)
    alternate("peers", [floor, ours[0], Flowtable(1), Nat(1)], rounds, turns)
    for many in ours[1:]:
        for order in ("", "-mixed"):
            alternate(f"{many.count}{order}", [floor, ours[0], many], rounds, turns)
    relay = Rtpengine()
    alternate("rtpengine", [floor, ours[0], relay], rounds, turns)
    for router in (*ours, relay):
        router.close()
    return 0
