# SPDX-License-Identifier: GPL-2.0-or-later
"""helper: what helping costs, above plain translation.

helper/call     a call: INVITE, 200, ACK, BYE, 200, descriptions both ways, every
                Call-ID a fresh one
helper/options  a message: OPTIONS or the 200 to it

All goes over one connection, as on a trunk. Batches go out in one system call
for each step, so BATCH calls are up at a time. One guest has three such routers
with the shipped rules, which differ in the helper: none, the kernel's own, and
ours. They run in turn and shortly after each other, for a machine that is not
alone has faster and slower seconds. A sample is the difference to the plain run
of the same round, in time of the guest's kernel. The hook that ours has in every
namespace, which lets all but new connections pass at once, is part of what plain
translation costs.
"""
import itertools
import json
import os
import subprocess
import sys

from harness.guest import Guest, say
from harness.router import OURS, PLAIN, ROOT, SIP, Router, load
from harness.table import Failed, Row, Value

PEER = "nf_conntrack_sip"
TARGET = 1 / 6
ROUNDS = int(os.environ.get("ROUNDS", "30"))
BATCH = int(os.environ.get("BATCH", "64"))

# Dialogs in a run, and what one is counted as.
KINDS = {"call": (2560, 1, "µs/call"), "options": (7680, 2, "µs/message")}

HELPERS = [PLAIN, SIP, OURS]
MODULES = ["nf_conntrack_sip", "nf_nat_sip", "nf_sipfast"]

# Outside the guest


def measure():
    """The rows."""
    subprocess.run(["make", "-s", "-C", ROOT / "tests/bench"], check=True,
                   stdout=sys.stderr)
    subprocess.run(["make", "-s", "-C", ROOT / "daemon"], check=True, stdout=sys.stderr)
    say(f"bench: helper: {ROUNDS} rounds of {len(HELPERS)} configurations")
    command = [ROOT / "tests/bench/run", "--guest", "helper", ROUNDS, BATCH]
    runs = []
    with Guest([str(word) for word in command], timeout=900) as guest:
        for line in guest:
            word, _, rest = line.partition(" ")
            if word != "run":
                say(line)
                continue
            run = json.loads(rest)
            run["ns"] = guest.between(run["id"] + ".begin", run["id"] + ".end")
            runs.append(run)
    file = ROOT / "build/bench/helper.json"
    file.write_text(json.dumps(runs, indent=1) + "\n", encoding="ascii")
    return [row(runs, kind) for kind in KINDS]


def row(runs, kind):
    cost = {(run["round"], run["helper"]): run["ns"] / 1000 / run["count"] / KINDS[kind][1]
            for run in runs if run["kind"] == kind}
    rounds = sorted({number for number, _ in cost})
    if len(cost) != len(rounds) * len(HELPERS):
        raise Failed(f"{kind}: runs are missing")
    say(f"bench: helper/{kind}: plain translation costs "
        f"{Value([cost[number, PLAIN] for number in rounds])} {KINDS[kind][2]}")
    ours, peer = (Value([cost[number, helper] - cost[number, PLAIN] for number in rounds])
                  for helper in (OURS, SIP))
    return Row(f"helper/{kind}", KINDS[kind][2], ours, PEER, peer, TARGET)


# Inside


EMPTY = ["expectations", "calls", "streams", "pinholes", "ports"]


def wanted(helper, dialogs):
    """How often what must have happened. What else, load has seen by itself.

    The kernel's helper awaits RTP and RTCP for each description, ours only RTP.
    """
    calls = dialogs["call"]
    ours = 5 * calls + 2 * dialogs["options"] if helper == OURS else 0
    return {"expected": {PLAIN: 0, SIP: 4, OURS: 2}[helper] * calls,
            "sip-seen": ours, "sip-rewritten": ours,
            "call-new": calls if ours else 0, "media-new": calls if ours else 0}


def proof(router):
    """Was it all done, and is it all gone?"""
    before, after = router.before, router.state()
    faults = [f"{name}: {after[name]} are left" for name in EMPTY if after[name]]
    faults += [f"{name}: {after[name] - before[name]}, not {count}"
               for name, count in wanted(router.helper, router.dialogs).items()
               if after[name] - before[name] != count]
    if faults:
        sys.exit(f"bench: {router.helper}: {'; '.join(faults)}")


def run(router, number, kind, batch):
    ident = f"{number}-{router.helper}-{kind}"
    count = load(router, ident, kind, KINDS[kind][0], batch)
    print("run", json.dumps({"id": ident, "round": number, "helper": router.helper,
                             "kind": kind, "count": count}), flush=True)


def guest(arguments):
    """Inside the guest: every configuration, in turn, ROUNDS times."""
    rounds, batch = map(int, arguments)
    subprocess.run(["modprobe", "-a", *MODULES], check=True)
    routers = [Router(helper) for helper in HELPERS]
    orders = itertools.cycle(itertools.permutations(routers))
    for number in range(rounds):
        for kind in KINDS:
            for router in next(orders):
                run(router, number, kind, batch)
    for router in routers:
        proof(router)
    return 0
