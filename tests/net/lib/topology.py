# SPDX-License-Identifier: GPL-2.0-or-later
"""The network of a case: made for it, and gone with it.

    phone  192.168.1.10 ── lan1                          ┌── provider 198.51.100.6
    phone2 192.168.2.10 ── lan2  router  wan ─── isp ────┼── gateway  198.51.100.10
                                  203.0.113.1            └── stranger 198.51.100.66

Hosts are made when a case first names them. The router masquerades and drops
what nobody asked for (nft/sipfast.nft); the isp only routes. Veths write out
every checksum, so that a receiver sees a wrong one.
"""
import json
import re
from pathlib import Path

from . import check, rtnl
from .host import Host

RULES = Path(__file__).resolve().parents[3] / "nft" / "sipfast.nft"

INSIDE = {"phone": ("192.168.1.10", "192.168.1.1", "lan1"),
          "phone2": ("192.168.2.10", "192.168.2.1", "lan2")}
OUTSIDE = {"provider": ("198.51.100.6", "198.51.100.5"),
           "gateway": ("198.51.100.10", "198.51.100.9"),
           "provider2": ("198.51.100.14", "198.51.100.13"),
           "stranger": ("198.51.100.66", "198.51.100.65")}
PUBLIC = "203.0.113.1"
POOL = range(10000, 32768)


class Net:
    """Hosts, and what the router can tell."""

    def __init__(self, helper="sipfast"):
        self.helper = helper
        self.ours = helper == "sipfast"
        self.hosts = {}
        self.public = PUBLIC
        self.router = self._add("router")
        self.router.addr = PUBLIC
        isp = self._add("isp")
        self._link(self.router, "wan", isp, "wan")
        with self.router:
            rtnl.address("wan", PUBLIC + "/24")
            rtnl.default("203.0.113.254", "wan")
        with isp:
            rtnl.address("wan", "203.0.113.254/24")
        for router in (self.router, isp):
            router.sysctl("net.ipv4.ip_forward", 1)
        self.load()

    def _add(self, name):
        host = self.hosts[name] = Host(name)
        with host:
            rtnl.up("lo")
        return host

    @staticmethod
    def _link(one, name, other, peer):
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

    def _host(self, name, addr, gateway, near, dev, prefix):
        host = self._add(name)
        self._link(near, dev, host, "eth0")
        with near:
            rtnl.address(dev, gateway + prefix)
        with host:
            rtnl.address("eth0", addr + prefix)
            rtnl.default(gateway, "eth0")
        host.addr = addr
        return host

    def __getattr__(self, name):
        """net.phone, net.provider, …"""
        if name in self.hosts:
            return self.hosts[name]
        if name in INSIDE:
            addr, gateway, dev = INSIDE[name]
            return self._host(name, addr, gateway, self.router, dev, "/24")
        if name in OUTSIDE:
            addr, gateway = OUTSIDE[name]
            return self._host(name, addr, gateway, self.hosts["isp"], name, "/30")
        raise AttributeError(name)

    # The ruleset: the shipped one, with the helper that is under test.

    def load(self):
        rules = RULES.read_text(encoding="ascii")
        rules = rules.replace('type "sipfast"', f'type "{self.helper}"')
        self.router.run("nft", "-D", "wan=wan", "-f", "-", text=rules)

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
        told = self.tool("stats")
        found = {table["name"]: table["used"] for table in told["tables"]}
        found.update((c["name"], c["value"]) for c in told["counters"])
        return found

    def shows(self, **wanted):
        """Tables and counters, with _ for -; the in-tree helper has none."""
        if not self.ours:
            return
        found = self.stats()
        wrong = [f"{name} {found[name]}, not {value}"
                 for name, value in ((n.replace("_", "-"), v) for n, v in wanted.items())
                 if found[name] != value]
        if wrong:
            check.fail("sipfast stats: " + ", ".join(wrong))

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

    def conntrack(self):
        """UDP connections: one dict each, keys of the reply prefixed with r_."""
        found = []
        for line in self.router.run("conntrack", "-L", "-p", "udp").splitlines():
            flow = {"line": line}
            for key, value in re.findall(r"(\w+)=(\S+)", line):
                flow["r_" + key if key in flow else key] = value
            found.append(flow)
        return found

    def media_flows(self):
        """Connections with an inside host that are not SIP."""
        return [flow["line"] for flow in self.conntrack()
                if "5060" not in (flow["sport"], flow["dport"]) and
                (flow["src"] + flow["r_src"]).count("192.168.")]

    def expectations(self):
        return self.router.run("conntrack", "-L", "expect").splitlines()

    def flush(self):
        """Every connection is forgotten, as by a change of address."""
        self.router.run("conntrack", "-F")

    def in_pool(self, port, what="port"):
        if self.ours:
            check.true(port in POOL and port % 2 == 0, f"{what} {port} is not of the pool")
        return port

    def close(self):
        for host in self.hosts.values():
            host.close()
