# SPDX-License-Identifier: GPL-2.0-or-later
"""Policy routing by mark: media takes the way of its signalling.

Two uplinks; what is SIP is marked and leaves by the second one, everything else by
the first. Media inherits the connection mark before the routing decision, so
`ip rule fwmark` sends it by the second one, too, whoever speaks first, by an
expectation and by the table (RTCP), and under that uplink's address.
"""
from lib import check, rtnl, rtp, sip
from lib.ua import Agent, Call

PLANS = ("ip4", "nat66")
SECOND = {4: ("203.0.114.1/24", "203.0.114.254"), 6: ("2001:db8:e::1/64", "2001:db8:e::254")}

RULES = """
table inet ways {
	chain prerouting {
		type filter hook prerouting priority mangle; policy accept;
		iifname lan1 ct state new udp dport 5060 ct mark set 0x5
		iifname lan1 meta mark set ct mark
	}
}
insert rule inet sipfast outside oifname wan2 meta l4proto udp masquerade to :32768-65535
insert rule inet sipfast outside oifname wan2 udp sport < 10000 masquerade to :1024-9999
insert rule inet sipfast forward oifname wan2 accept
"""


def second_way(net):
    addr, far = SECOND[net.plan.family]
    family = f"-{net.plan.family}"
    isp = net.hosts["isp"]
    net.link(net.router, "wan2", isp, "wan2")
    with isp:
        rtnl.address("wan2", far + addr[addr.index("/"):])
    with net.router:
        rtnl.address("wan2", addr)
    net.router.sysctl("net.ipv4.conf.all.rp_filter", 0)
    net.router.run("ip", family, "rule", "add", "fwmark", "5", "table", "105")
    net.router.run("ip", family, "route", "add", "default", "via", far, "dev", "wan2",
                   "table", "105")
    net.router.run("nft", "-f", "-", text=RULES)
    return addr.partition("/")[0]


def run(net):
    net.phone
    public = second_way(net)
    plain = net.phone.udp(9999)
    web = net.gateway.udp(80)
    plain.send(b"x", web.at)
    check.equal(web.receive()[1][0], net.public, "source of what is not SIP")
    net.flush()

    for first in ("phone", "gateway"):
        phone, provider = Agent(net.phone, "anna"), Agent(net.provider, "bob")
        call = Call(phone, provider)
        offer, answer = call.establish(sip.sdp(phone.addr, 4000), sip.sdp(net.gateway.addr, 40000))
        check.equal(offer.source[0], public, "source of the INVITE")
        check.equal(offer.media[0].addr, public, "address in the description")
        one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.gateway, 40000)
        one.told(answer.media[0])
        two.told(offer.media[0])
        rtp.both_ways(*(one, two) if first == "phone" else (two, one))
        rtp.both_ways(one, two)
        for flow in net.conntrack():
            if "40000" in (flow["sport"], flow["dport"]):
                check.equal(flow["mark"], "5", "mark of the media")
        call.bye()
        net.nothing_left()
        for port in (one, two):
            port.close()
        phone.close()
        provider.close()
