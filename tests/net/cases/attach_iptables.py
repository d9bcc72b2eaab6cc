# SPDX-License-Identifier: GPL-2.0-or-later
"""Attached by iptables: `-t raw … -j CT --helper sipfast`, and no nft at all.

A forwarded call with media both ways, a call to a registered phone, and one of
an agent on the router itself.
"""
from lib import rtp
from lib.register import register
from lib.ua import Agent, Talk, pair

PLANS = ("ip4", "ip6", "nat66")

RULES = """
*raw
-A PREROUTING -p udp --dport 5060 -j CT --helper {helper}
-A OUTPUT -p udp --dport 5060 -j CT --helper {helper}
COMMIT
*nat
{nat}
COMMIT
*filter
:FORWARD DROP
-A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
-A FORWARD -o wan ! -i wan -j ACCEPT
COMMIT
"""


def run(net):
    net.unload()
    tool = "iptables-restore" if net.plan.family == 4 else "ip6tables-restore"
    nat = "-A POSTROUTING -o wan -j MASQUERADE" if net.plan.nat else ""
    net.router.run(tool, text=RULES.format(helper=net.helper, nat=nat))

    phone, provider = pair(net)
    talk = Talk(phone, provider)
    rtp.both_ways(talk.two, talk.one)
    talk.speak()
    net.shows(calls=1, streams=1, pinholes=2)
    talk.call.bye()
    net.nothing_left()
    talk.close()

    contact = register(phone, provider)
    talk = Talk(Agent(net.provider, "carl", 5080), phone, (40000, 4000), target=contact)
    talk.speak()
    talk.call.bye()
    net.shows(calls=0, registrations=1)

    talk = Talk(Agent(net.router, "router", 5062), provider, (20000, 40100))
    rtp.both_ways(talk.two, talk.one)
    talk.call.bye()
