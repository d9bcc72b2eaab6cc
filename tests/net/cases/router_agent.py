# SPDX-License-Identifier: GPL-2.0-or-later
"""SIP that the router itself speaks: followed, not edited (output chain).

An agent on the router calls the provider, and is called by it. Its input is
shut but for what the helper opens. Nothing is translated, so no byte changes.
"""
from lib import check, rtp, sip
from lib.ua import Agent, Call, Talk

PLANS = ("ip4", "ip6", "watch-routed")

SHUT = """
table inet shut {
	chain input {
		type filter hook input priority filter; policy drop;
		ct state established,related accept
		meta l4proto ipv6-icmp accept
	}
}
"""


def run(net):
    net.router.run("nft", "-f", "-", text=SHUT)
    agent, provider = Agent(net.router, "anna"), Agent(net.provider, "bob")

    body = sip.sdp(agent.addr, 8000)
    call = Call(agent, provider)
    sent = call.a.request("INVITE", body)
    got = call.b.take_request("INVITE")
    check.same_bytes(got.data, sent, "INVITE of the router")
    check.equal(got.source, agent.at, "its source")
    call.invite_got = got
    call.respond(486)
    call.ack()

    talk = Talk(agent, provider, (8000, 40000))
    net.shows(calls=1, streams=1, ports=0)
    # The provider speaks first, RTP and RTCP.
    for end, other in ((talk.two, talk.one), (talk.one, talk.two)):
        rtp.one_way(end, other)
    talk.call.bye()
    net.shows(calls=0, streams=0, pinholes=0)
    talk.close()
