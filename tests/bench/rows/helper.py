# SPDX-License-Identifier: GPL-2.0-or-later
"""helper: what helping costs, above plain translation.

    phone 192.168.1.10 ── lan  router  wan ── provider 198.51.100.6
                               203.0.113.1

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
import re
import subprocess
import sys
from pathlib import Path

from harness.guest import Guest, say
from harness.table import Failed, Row, Value

ROOT = Path(__file__).resolve().parents[3]
PEER = "nf_conntrack_sip"
TARGET = 1 / 6
ROUNDS = int(os.environ.get("ROUNDS", "30"))
BATCH = int(os.environ.get("BATCH", "64"))

# Dialogs in a run, and what one is counted as.
KINDS = {"call": (2560, 1, "µs/call"), "options": (7680, 2, "µs/message")}

# What plays the helper, by its name in rules, and the modules.
PLAIN, SIP, OURS = "plain", "sip", "sipfast"
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


class Router:
    """The three hosts, and what has run."""

    def __init__(self, helper):
        sys.path.insert(0, str(ROOT / "tests" / "net"))
        from lib import host, rtnl      # pylint: disable=import-outside-toplevel,import-error

        self.helper = helper
        self.dialogs = dict.fromkeys(KINDS, 0)
        self.phone, self.host, self.provider = (
            host.Host(name) for name in ("phone", "router", "provider"))
        for one, dev, other, peer in ((self.phone, "eth0", self.host, "lan"),
                                      (self.provider, "eth0", self.host, "wan")):
            with one:
                rtnl.veth(dev, peer, other.fd)
            with other:
                rtnl.up(peer)
            with one:
                rtnl.up(dev)
        self.addresses(rtnl)
        self.host.sysctl("net.ipv4.ip_forward", 1)
        for name, value in (("expect_max", 16384), ("max", 65536)):
            Path(f"/proc/sys/net/netfilter/nf_conntrack_{name}").write_text(
                str(value), encoding="ascii")
        self.load_rules()
        self.before = self.state()

    def addresses(self, rtnl):
        with self.host:
            rtnl.up("lo")
            rtnl.address("lan", "192.168.1.1/24")
            rtnl.address("wan", "203.0.113.1/24")
            rtnl.default("203.0.113.254", "wan")
        with self.phone:
            rtnl.address("eth0", "192.168.1.10/24")
            rtnl.default("192.168.1.1", "eth0")
        with self.provider:
            rtnl.address("eth0", "203.0.113.254/24")
            rtnl.address("eth0", "198.51.100.6/32")

    def load_rules(self):
        rules = (ROOT / "nft" / "sipfast.nft").read_text(encoding="ascii").replace(
            'type "sipfast"', f'type "{self.helper}"')
        if self.helper == PLAIN:
            rules = re.sub(r"(?s)\tct helper [\w-]+ \{.*?\n\t\}\n|[^\n]*ct helper set[^\n]*\n", "",
                           rules)
        self.host.run("nft", "-D", "wan=wan", "-f", "-", text=rules)

    def state(self):
        """What there is now, and what has been counted since the beginning."""
        found = {"expectations": len(self.host.run("conntrack", "-L", "expect").splitlines())}
        with self.host:
            text = Path("/proc/thread-self/net/stat/nf_conntrack").read_text(encoding="ascii")
        head, *cpus = (line.split() for line in text.splitlines())
        column = head.index("expect_create")
        found["expected"] = sum(int(cpu[column], 16) for cpu in cpus)
        told = json.loads(self.host.run("sipfast", "-j", "stats"))
        found.update((table["name"], table["used"]) for table in told["tables"])
        found.update((counter["name"], counter["value"]) for counter in told["counters"])
        return found


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


def load(router, ident, kind, batch):
    """One run; how many dialogs were measured, and how many there were."""
    ends = (router.phone.fd, router.provider.fd)
    words = [ROOT / "build/bench/load", *ends, kind, KINDS[kind][0], batch,
             int(router.helper != PLAIN), ROOT / "build/lab/marks" / ident]
    with subprocess.Popen(list(map(str, words)), pass_fds=ends, stdout=subprocess.PIPE,
                          text=True) as job:
        for line in job.stdout:
            word, *rest = line.split()
            if word == "mark":
                print(f"mark {ident}.{rest[0]}", flush=True)
    if job.returncode:
        sys.exit(f"bench: {ident}: the load failed")
    return map(int, rest)


def run(router, number, kind, batch):
    ident = f"{number}-{router.helper}-{kind}"
    count, dialogs = load(router, ident, kind, batch)
    router.dialogs[kind] += dialogs
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
