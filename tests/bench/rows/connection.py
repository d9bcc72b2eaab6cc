# SPDX-License-Identifier: GPL-2.0-or-later
"""connection: does a plain new connection notice that there are registrations?

Two routers with the shipped rules in one guest: at one, REGISTRATIONS users have
registered, two at each phone. A sample is the first packet of a
connection that has nothing to do with SIP, in time of the guest's kernel; the peer
is the router without registrations.
"""
import json
import os
import subprocess
import sys

from harness.guest import Guest, say
from harness.router import OURS, ROOT, Router, load
from harness.table import Row, Value

TARGET = 1.05
ROUNDS = int(os.environ.get("ROUNDS", "30"))
REGISTRATIONS = 10000
COUNT = 3200
BATCH = 64

EMPTY, FULL = "empty", "registered"


def measure():
    """The row."""
    subprocess.run(["make", "-s", "-C", ROOT / "tests/bench"], check=True,
                   stdout=sys.stderr)
    subprocess.run(["make", "-s", "-C", ROOT / "daemon"], check=True, stdout=sys.stderr)
    say(f"bench: connection: {ROUNDS} rounds beside {REGISTRATIONS} registrations")
    command = [ROOT / "tests/bench/run", "--guest", "connection", ROUNDS]
    cost = {EMPTY: [], FULL: []}
    with Guest([str(word) for word in command], timeout=900) as guest:
        for line in guest:
            word, _, rest = line.partition(" ")
            if word != "run":
                say(line)
                continue
            run = json.loads(rest)
            cost[run["router"]].append(
                guest.between(run["id"] + ".begin", run["id"] + ".end") / 1000 / run["count"])
    return [Row("connection/new", "µs/packet", Value(cost[FULL]), "no registrations",
                Value(cost[EMPTY]), TARGET)]


def tables(router):
    told = json.loads(router.host.run("sipfast", "-j", "stats"))
    return {table["name"]: table["used"] for table in told["tables"]}


def register(router):
    load(router, "register", "register", REGISTRATIONS - 4 * BATCH, BATCH)
    used = tables(router)
    if used["registrations"] != router.dialogs["register"] or \
            used["pinholes"] != used["registrations"] / 2:
        sys.exit(f"bench: not all have registered: {used}")


def guest(arguments):
    """Inside the guest: both routers in turn, ROUNDS times."""
    subprocess.run(["modprobe", "nf_sipfast"], check=True)
    routers = {EMPTY: Router(OURS), FULL: Router(OURS)}
    register(routers[FULL])
    registered = tables(routers[FULL])
    for number in range(int(arguments[0])):
        for name in sorted(routers, reverse=number % 2):
            ident = f"{number}-{name}"
            count = load(routers[name], ident, "connection", COUNT, BATCH)
            # What was new once is to be new again.
            routers[name].host.run("conntrack", "-D", "-p", "udp", "--dport", "9999")
            print("run", json.dumps({"id": ident, "router": name, "count": count}), flush=True)
    if tables(routers[FULL]) != registered or tables(routers[EMPTY])["registrations"]:
        sys.exit("bench: registrations have come or gone")
    return 0
