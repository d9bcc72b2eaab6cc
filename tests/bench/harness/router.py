# SPDX-License-Identifier: GPL-2.0-or-later
"""In a guest: a router between a phone and a provider, and load for it.

    phone 192.168.1.10 ── lan  router  wan ── provider 198.51.100.6
                               203.0.113.1
"""
import collections
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# What plays the helper, by its name in rules.
PLAIN, SIP, OURS = "plain", "sip", "sipfast"


class Router:
    """The three hosts, and what has run.

    Behind the phone are all of 10.0.0.0/16.
    """

    def __init__(self, helper):
        sys.path.insert(0, str(ROOT / "tests" / "net"))
        from lib import host, rtnl      # pylint: disable=import-outside-toplevel,import-error

        self.helper = helper
        self.dialogs = collections.Counter()
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
        self.host.run("ip", "route", "add", "10.0.0.0/16", "via", "192.168.1.10")
        self.phone.run("ip", "route", "add", "local", "10.0.0.0/16", "dev", "lo")
        self.host.sysctl("net.ipv4.ip_forward", 1)
        for name, value in (("expect_max", 16384), ("max", 262144)):
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


def load(router, ident, kind, count, batch):
    """One run; how many dialogs were measured. There were more, to warm up."""
    ends = (router.phone.fd, router.provider.fd)
    words = [ROOT / "build/bench/load", *ends, kind, count, batch,
             int(router.helper != PLAIN), ROOT / "build/lab/marks" / ident]
    with subprocess.Popen(list(map(str, words)), pass_fds=ends, stdout=subprocess.PIPE,
                          text=True) as job:
        for line in job.stdout:
            word, *rest = line.split()
            if word == "mark":
                print(f"mark {ident}.{rest[0]}", flush=True)
    if job.returncode:
        sys.exit(f"bench: {ident}: the load failed")
    count, dialogs = map(int, rest)
    router.dialogs[kind] += dialogs
    return count
