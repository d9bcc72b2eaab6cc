# SPDX-License-Identifier: GPL-2.0-or-later
"""The network of a case: made for it, and gone with it.

    phone  192.168.1.10 ── lan1                          ┌── provider 198.51.100.6
    phone2 192.168.2.10 ── lan2  router  wan ─── isp ────┼── gateway  198.51.100.10
                                  203.0.113.1            └── stranger 198.51.100.66

And where a case wants them, a PBX inside (192.168.3.10, lan3) and its remote phone
outside (198.51.100.22).

Hosts are made when a case first names them. The router masquerades and drops
what nobody asked for (nft/sipfast.nft); the isp only routes. Veths write out
every checksum, so that a receiver sees a wrong one. Plans have other addresses,
or a router that translates nothing.
"""
import ipaddress
import json
import re
import time
from pathlib import Path

from . import check, genl, rtnl
from .host import Host
from .plan import PLANS

RULES = Path(__file__).resolve().parents[3] / "nft" / "sipfast.nft"

INSIDE = {"phone": "lan1", "phone2": "lan2", "pbx": "lan3"}
OUTSIDE = ("provider", "gateway", "provider2", "remote", "stranger")
POOL = range(10000, 32768)


class Net:
    """Hosts, and what the router can tell."""

    def __init__(self, helper="sipfast", plan=PLANS["ip4"]):
        self.plan = plan
        self.helper = helper + "-watch" if plan.watch else helper
        self.ours = helper == "sipfast"
        self.hosts = {}
        self.public = plan.public
        self.text = plan.text
        self.sent = set() if plan.untouched else None
        self.router = self._add("router")
        self.router.addr = self.router.face = self.public
        isp = self._add("isp")
        self.connect_wan()
        for router in (self.router, isp):
            router.sysctl("net.ipv4.ip_forward" if plan.family == 4 else
                          "net.ipv6.conf.all.forwarding", 1)
        if not plan.nat:
            self.route_inside()
        self.load()

    def connect_wan(self):
        """The link between the router and the isp."""
        isp, where = self.hosts["isp"], self.plan.where
        self.link(self.router, "wan", isp, "wan")
        with self.router:
            rtnl.address("wan", self.public + where["prefix"])
            rtnl.default(where["isp"], "wan")
        with isp:
            rtnl.address("wan", where["isp"] + where["prefix"])

    def route_inside(self):
        """The isp sends everything that is not outside to the router."""
        with self.hosts["isp"]:
            rtnl.default(self.public, "wan")

    def _add(self, name):
        host = self.hosts[name] = Host(name, self.sent)
        if self.plan.family == 6:
            # A router asks for its neighbours by an address that it would not
            # trust for the first two seconds.
            for which in ("all", "default"):
                host.sysctl(f"net.ipv6.conf.{which}.accept_dad", 0)
        with host:
            rtnl.up("lo")
        return host

    @staticmethod
    def link(one, name, other, peer):
        with one:
            rtnl.veth(name, peer, other.fd)
        for host, dev in ((one, name), (other, peer)):
            with host:
                rtnl.tx_checksum(dev, False)
                rtnl.up(dev)
        # The first end came up without a carrier. The kernel would notice within
        # a second that it has one now, and drop what is sent until then.
        with one:
            rtnl.up(name, False)
            rtnl.up(name)

    def offload(self, *names):
        """Hosts whose links leave checksums, and cutting what is large, to others."""
        for name in names:
            near, dev = (self.router, INSIDE[name]) if name in INSIDE else \
                (self.hosts["isp"], name)
            for host, one in ((near, dev), (getattr(self, name), "eth0")):
                with host:
                    rtnl.tx_checksum(one, True)
        for host in (self.router, self.hosts["isp"]):
            with host:
                rtnl.tx_checksum("wan", True)

    def connect(self, name):
        """The link of a host, with its addresses and the way out."""
        host, (addr, gateway) = self.hosts[name], self.plan.where[name]
        near, dev, prefix = (self.router, INSIDE[name], self.plan.where["prefix"]) \
            if name in INSIDE else (self.hosts["isp"], name, self.plan.where["outside"])
        self.link(near, dev, host, "eth0")
        with near:
            rtnl.address(dev, gateway + prefix)
        with host:
            rtnl.address("eth0", addr + prefix)
            rtnl.default(gateway, "eth0")

    def __getattr__(self, name):
        """net.phone, net.provider, …"""
        if name in self.hosts:
            return self.hosts[name]
        if name in INSIDE or name in OUTSIDE:
            host = self._add(name)
            host.addr = self.plan.where[name][0]
            host.face = self.public if name in INSIDE and self.plan.nat else host.addr
            self.connect(name)
            return host
        raise AttributeError(name)

    # The ruleset: the shipped one, with the helper that is under test.

    def load(self):
        rules = self.plan.rules(RULES.read_text(encoding="ascii"), self.helper)
        self.router.run("nft", "-D", "wan=wan", "-f", "-", text=rules)

    def forward_to_pbx(self):
        """The shipped rules for a PBX behind a port forward."""
        rules = self.plan.rules(RULES.read_text(encoding="ascii"), self.helper)
        self.router.run("nft", "-D", "wan=wan", "-D", f"pbx={self.pbx.addr}", "-f", "-",
                        text=rules.replace("#pbx ", ""))

    def let_early_media_be(self):
        """Rules of an administrator who did not think of media before the answer."""
        self.router.run("nft", "delete", "chain", "inet", "sipfast", "early-media")

    def unload(self):
        self.router.run("nft", "delete", "table", "inet", "sipfast")

    # What the router tells.

    def tool(self, *arguments):
        return json.loads(self.router.run("sipfast", "-j", *arguments))

    def set(self, *arguments):
        """sipfast set KEY VALUE…; nothing to set in the in-tree helper."""
        if self.ours:
            self.router.run("sipfast", "set", *arguments)

    def stats(self):
        with self.router:
            return genl.stats()

    def heard(self):
        """[packets forward, packets back] of each stream, and then of its RTCP."""
        return [[stream[way][name] for way in ("forward", "reverse")]
                for stream in self.tool("show", "streams")["streams"]
                for name in ("packets", "rtcp_packets") if name in stream["forward"]]

    def shows(self, **wanted):
        """Tables and counters, with _ for -; the in-tree helper has none."""
        if not self.ours:
            return
        if not self.plan.nat and "ports" in wanted:
            # The pool is for what is translated.
            wanted["ports"] = 0
        wrong = self.differs(wanted)
        # What nobody waited for may still be on its way, or wait for a neighbour,
        # who is asked again after a second.
        end = time.monotonic() + check.WAIT
        while wrong and time.monotonic() < end:
            time.sleep(0.02)
            wrong = self.differs(wanted)
        if wrong:
            check.fail("sipfast stats: " + ", ".join(wrong))

    def differs(self, wanted):
        """What of the tables and counters is not as it should be."""
        found = self.stats()
        return [f"{name} {found[name]}, not {value}"
                for name, value in ((n.replace("_", "-"), v) for n, v in wanted.items())
                if found[name] != value]

    def nothing_left(self, **tables):
        """No call: no call's media, pinhole, port, expectation or connection.

        The in-tree helper always leaves some; one case is enough to show it.
        """
        self.shows(**({"calls": 0, "streams": 0, "pinholes": 0, "ports": 0} | tables))
        if self.ours:
            self.no_media()

    def no_media(self):
        check.equal(self.expectations(), [], "expectations")
        self.no_media_flows()

    def no_media_flows(self):
        check.equal(self.media_flows(), [], "media connections")

    @property
    def family(self):
        return ("-f", f"ipv{self.plan.family}")

    def conntrack(self):
        """UDP connections: one dict each, keys of the reply prefixed with r_."""
        found = []
        for line in self.router.run("conntrack", "-L", *self.family, "-p", "udp").splitlines():
            flow = {"line": line}
            for key, value in re.findall(r"(\w+)=(\S+)", line):
                flow["r_" + key if key in flow else key] = value
            found.append(flow)
        return found

    def proc(self, name):
        """Lines of a file of the router's connection tracking."""
        with self.router, open("/proc/net/" + name, encoding="ascii") as file:
            return file.read().splitlines()

    def media_flows(self):
        """UDP connections with an inside host that are not SIP."""
        inside = {self.plan.where[name][0] for name in INSIDE}
        found = []
        for line in self.proc("nf_conntrack"):
            hosts = re.findall(r"src=(\S+)", line)
            ports = re.findall(r"[sd]port=(\d+)", line)[:2]
            if " udp " in line and "5060" not in ports and \
               inside & {str(ipaddress.ip_address(host)) for host in hosts}:
                found.append(line)
        return found

    def expectations(self):
        return self.proc("nf_conntrack_expect")

    def flush(self):
        """Every connection is forgotten, as by a change of address."""
        self.router.run("conntrack", "-F", *self.family)

    def in_pool(self, port, what="port"):
        if self.ours and self.plan.nat:
            check.true(port in POOL and port % 2 == 0, f"{what} {port} is not of the pool")
        return port

    def close(self):
        for host in self.hosts.values():
            host.close()
