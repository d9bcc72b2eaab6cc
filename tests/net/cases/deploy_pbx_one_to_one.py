# SPDX-License-Identifier: GPL-2.0-or-later
"""A PBX with a public address of its own by 1:1 NAT: a prefix for a prefix, both ways.

As behind a port forward: trunk and remote phone, both ways, with its media and
without strangers. The addresses are routed to the router, which has none of them.
"""
from lib import rtnl
from lib.pbx import Pbx

RULES = """
table ip one-to-one {
	chain in {
		type nat hook prerouting priority dstnat; policy accept;
		iifname wan dnat ip prefix to ip daddr map { 203.0.113.8/29 : 192.168.3.8/29 }
	}

	chain out {
		type nat hook postrouting priority srcnat - 1; policy accept;
		oifname wan snat ip prefix to ip saddr map { 192.168.3.8/29 : 203.0.113.8/29 }
	}
}
insert rule inet sipfast forward iifname wan ip daddr 192.168.3.8/29 udp dport 5060 accept
insert rule inet sipfast attach ip saddr 192.168.3.8/29 ct state new udp sport 5060 ct helper set "sip"
"""


def run(net):
    net.router.run("nft", "-f", "-", text=RULES)
    with net.hosts["isp"]:
        rtnl.route("203.0.113.8/29", net.public, "wan")
    net.pbx.face = "203.0.113.10"
    Pbx(net, ("203.0.113.10", 5060)).run()
