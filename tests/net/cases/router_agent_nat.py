# SPDX-License-Identifier: GPL-2.0-or-later
"""SIP of the router itself that is translated: an agent on its inside address.

What it sends goes by the output chains and leaves under the public address, so
its messages are edited in process context. Registered, it is called from another
port of the registrar; its media comes in to the router's own sockets, RTP and RTCP,
whoever speaks first; a stranger's does not.
"""
from lib import check, rtp
from lib.register import register
from lib.ua import Agent, Talk

PLANS = ("ip4", "nat66")


def heard(net, talk, agent):
    for first, second in ((talk.one, talk.two), (talk.two, talk.one)):
        rtp.both_ways(first, second)
    inside, outside = (talk.one, talk.two) if talk.call.a.agent is agent else \
        (talk.two, talk.one)
    net.in_pool(outside.peer.port)
    thief = net.stranger.udp(40000)
    thief.send(rtp.packet(), outside.peer.rtp)
    inside.rtp.quiet("RTP of a stranger")
    thief.close()


def run(net):
    net.phone                           # its link, with the router's inside address
    inside = net.plan.where["phone"][1]
    agent, provider = Agent(net.router, "anna", addr=inside), Agent(net.provider, "bob")
    contact = register(agent, provider)
    check.equal(contact[0], net.public, "registered contact")

    talk = Talk(agent, provider, (8000, 40000))
    check.true(inside.encode() not in talk.call.invite_got.data.replace(
        talk.call.id.encode(), b""), "the INVITE names the inside address")
    net.shows(calls=1, streams=1, ports=1)
    heard(net, talk, agent)
    talk.call.bye()
    talk.close()

    talk = Talk(Agent(net.provider, "carl", 5080), agent, (40000, 8000), target=contact)
    net.shows(calls=1, streams=1, ports=1)
    heard(net, talk, agent)
    talk.call.bye(talk.call.b)
    net.nothing_left(registrations=1, pinholes=1)
