# SPDX-License-Identifier: GPL-2.0-or-later
"""A second network behind the same router, with the addresses of the first one.

Each has a conntrack zone: lan1 and wan are the first's, lan9 and wan9 the second's.
"""
from . import rtnl
from .host import Host

RULES = """
table inet zones {
	chain raw {
		type filter hook prerouting priority raw; policy accept;
		iifname { lan1, wan } ct zone set 1
		iifname { lan9, wan9 } ct zone set 2
	}
}
insert rule inet sipfast outside oifname wan9 meta l4proto udp masquerade to :32768-65535
insert rule inet sipfast outside oifname wan9 udp sport < 10000 masquerade to :1024-9999
insert rule inet sipfast forward oifname wan9 accept
"""


def veths(net, dev, host):
    """The link between a device of the router and a host of its own."""
    net.link(net.router, dev, host, "eth0")


def tagged(net, dev, host):
    """The same on the wire that the first network has, in a VLAN of it."""
    under, near, wire = ("lan1", net.phone, "eth0") if dev == "lan9" else ("wan", net.isp, "wan")
    with net.router:
        rtnl.vlan(dev, under, 8)
    with near:
        rtnl.vlan("tagged", wire, 8)
        rtnl.move("tagged", "eth0", host.fd)
    for one, name in ((net.router, dev), (host, "eth0")):
        with one:
            rtnl.tx_checksum(name, False)
            rtnl.up(name)


def second(net, link=veths):
    """It: a host that is phone, and one that is isp and provider."""
    phone, provider = (Host(name) for name in ("phone of zone 2", "provider of zone 2"))
    net.hosts.update({"phone9": phone, "provider9": provider})
    phone.addr, provider.addr = net.phone.addr, net.provider.addr
    phone.face = net.public
    provider.face = provider.addr
    link(net, "lan9", phone)
    link(net, "wan9", provider)
    with phone:
        rtnl.address("eth0", "192.168.1.10/24")
        rtnl.default("192.168.1.1", "eth0")
    with provider:
        rtnl.address("eth0", "203.0.113.254/24")
        rtnl.address("eth0", f"{provider.addr}/32")
    for table, lan, wan in (("101", "lan1", "wan"), ("102", "lan9", "wan9")):
        for rule in (("lan", lan), ("wan", wan)):
            net.router.run("ip", "rule", "add", "dev", rule[1], "table", table)
        net.router.run("ip", "route", "add", "192.168.1.0/24", "dev", lan, "table", table)
        net.router.run("ip", "route", "add", "203.0.113.0/24", "dev", wan, "table", table)
        net.router.run("ip", "route", "add", "default", "via", "203.0.113.254", "dev", wan,
                       "table", table)
    with net.router:
        rtnl.address("lan9", "192.168.1.1/32")
        rtnl.address("wan9", "203.0.113.1/32")
    net.router.run("nft", "-f", "-", text=RULES)
    return phone, provider
