# SPDX-License-Identifier: GPL-2.0-or-later
"""Two conntrack zones with the same addresses in both.

One router between two networks that know nothing of each other: each has a phone,
a provider and a way out with the same addresses, and the calls have the same
Call-ID and tags. Each call is its own, with a port of its own, its media stays in
its zone, and a BYE in one ends that one.
"""
from lib import check, rtnl, rtp, sip
from lib.host import Host
from lib.ua import Agent, Call

HELPERS = ("sipfast",)

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


def other(net):
    """The second network: a host that is phone, one that is isp and provider."""
    phone, provider = (Host(name) for name in ("phone of zone 2", "provider of zone 2"))
    net.hosts.update({"phone9": phone, "provider9": provider})
    phone.addr, provider.addr = net.phone.addr, net.provider.addr
    phone.face = net.public
    provider.face = provider.addr
    net.link(net.router, "lan9", phone, "eth0")
    net.link(net.router, "wan9", provider, "eth0")
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


def run(net):
    hosts = [(net.phone, net.provider), other(net)]
    calls, ends = [], []
    for phone, provider in hosts:
        call = Call(Agent(phone, "anna"), Agent(provider, "bob"), call_id="same@example.com")
        if calls:
            call.a.tag, call.b.tag = calls[0].a.tag, calls[0].b.tag
        offer, answer = call.establish(sip.sdp(phone.addr, 4000), sip.sdp(provider.addr, 40000))
        one, two = rtp.Endpoint(phone, 4000), rtp.Endpoint(provider, 40000)
        one.told(answer.media[0])
        two.told(offer.media[0])
        calls.append(call)
        ends.append((one, two))
    net.shows(calls=2, streams=2, ports=2, pinholes=4)
    zones = sorted(call.get("zone", 0) for call in net.tool("show", "calls")["calls"])
    check.equal(zones, [1, 2], "zones of the calls")
    for one, two in ends:
        rtp.both_ways(two, one)
        rtp.both_ways(one, two)
    check.equal(net.heard(), [[6, 6], [2, 2]] * 2, "packets of the streams")

    calls[0].bye()
    net.shows(calls=1, streams=1, ports=1)
    rtp.both_ways(*ends[1])
    rtp.deaf(*ends[0][::-1], "RTP of the zone whose call ended")
    calls[1].bye()
    net.nothing_left()
