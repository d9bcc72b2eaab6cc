# SPDX-License-Identifier: GPL-2.0-or-later
"""parse: what reading an INVITE of 713 bytes with a description costs.

parse          the index, beside the best of Debian's osip2 and sofia-sip, which
               cannot be had for less than reading every header
parse/full     the index, every value that a proxy reads, and the description
parse/NAME     a byte of a message of 65 kB that is made to be slow, beside a
               byte of one of 16 kB: the cost is linear in the length

All ways take turns in one process on one CPU, and count its time only. The
limit, memchr() splitting the message into lines, is printed beside them.
"""
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from harness.guest import say
from harness.table import Row, Value

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = os.environ.get("ROUNDS", "31")
PEERS = ("osip2", "sofia-sip")
TARGET, TARGET_FULL, TARGET_LINEAR = 1 / 8, 1 / 4, 1.25


def run(*command):
    """Samples by name."""
    done = subprocess.run(list(map(str, command)), check=True, text=True, stdout=subprocess.PIPE)
    samples = defaultdict(list)
    for line in done.stdout.splitlines():
        name, value = line.split()
        samples[name].append(float(value))
    return samples


def best(samples, suffix=""):
    """The peer that costs less, and what."""
    values = {peer: Value(samples[peer + suffix]) for peer in PEERS}
    return min(values.items(), key=lambda item: item[1].median)


def hostile(program):
    """A row for each way to make a message slow."""
    samples = run(program, "hostile")
    names = dict.fromkeys(name.rpartition("-")[0] for name in samples)
    return [Row(f"parse/{name}", "ns/byte", Value(samples[f"{name}-65"]), "itself at 16 kB",
                Value(samples[f"{name}-16"]), TARGET_LINEAR) for name in names]


def measure():
    """The rows."""
    subprocess.run(["make", "-s", "-C", ROOT / "tests/bench", "parse"], check=True,
                   stdout=sys.stderr)
    programs, message = ROOT / "build/bench", ROOT / "tests/bench/invite.dat"
    count = run(programs / "parse-allocations", message)["allocations"][0]
    say(f"bench: parse: {count:.0f} allocations")
    samples = run(programs / "parse", message, ROUNDS)
    limit, check = Value(samples["lines"]), Value(samples["check"])
    say(f"bench: parse: the limit, memchr() splitting it into lines, is {limit} ns")
    say(f"bench: parse: index and full validation take {check} ns")
    for suffix, what in (("", "the message"), ("-full", "with the description")):
        for peer in PEERS:
            say(f"bench: parse: {peer}, {what}: {Value(samples[peer + suffix])} ns")
    return [Row("parse", "ns", Value(samples["index"]), *best(samples), TARGET),
            Row("parse/full", "ns", Value(samples["full"]), *best(samples, "-full"),
                TARGET_FULL)] + hostile(programs / "parse")
