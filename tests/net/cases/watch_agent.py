# SPDX-License-Identifier: GPL-2.0-or-later
"""Watch mode: the provider calls an agent on the router itself.

The rules attach the helper to what comes for the router, too. Its input is shut
but for SIP and for what the helper opens; no byte changes, and the call is shown
with its media both ways.
"""
from lib import check, rtp
from lib.ua import Agent, Talk

HELPERS = ("sipfast",)
PLANS = ("watch", "watch6")

RULES = """
table inet shut {
	chain input {
		type filter hook input priority filter; policy drop;
		ct state established,related accept
		meta l4proto ipv6-icmp accept
		udp dport 5060 accept
	}
}
insert rule inet sipfast attach-forwarded fib daddr type local jump attach
"""


def run(net):
    net.router.run("nft", "-f", "-", text=RULES)
    agent, provider = Agent(net.router, "anna"), Agent(net.provider, "bob")
    talk = Talk(provider, agent, (40000, 20000))
    rtp.both_ways(talk.one, talk.two)
    rtp.both_ways(talk.two, talk.one)
    net.shows(calls=1, streams=1, pinholes=2, ports=0)
    check.equal(net.heard(), [[6, 6], [2, 2]], "packets of the streams")
    thief = net.stranger.udp(40000)
    thief.send(rtp.packet(), talk.two.rtp.at)
    talk.two.rtp.quiet("RTP of a stranger")
    talk.call.bye()
    net.shows(calls=0, streams=0, pinholes=0, sip_rewritten=0)
    rtp.deaf(talk.one, talk.two, "RTP after the call")
