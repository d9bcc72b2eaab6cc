# SPDX-License-Identifier: GPL-2.0-or-later
"""A BYE from another host does not count, however right it looks.

The stranger knows Call-ID and tags, and has a flow of its own to the phone: the
BYE is forwarded, as SIP between those two, and closes nothing. Nor does its 200,
nor an INVITE that tries to move the media.
"""
from lib import check, rtp, sip
from lib.ua import Agent, Leg, Talk, pair

PLANS = ("ip4", "ip6", "nat66")


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    talk.speak()

    # The phone asks the stranger something: now there is a flow.
    stranger = Agent(net.stranger, "bob")
    Leg(phone, stranger, "options@example.com").request("OPTIONS")
    _, way = stranger.receive("OPTIONS")

    forged = Leg(stranger, phone, talk.call.id, target=way)
    forged.tag, forged.remote_tag = talk.call.b.tag, talk.call.a.tag
    forged.cseq = 7
    forged.request("BYE")
    msg = phone.message("the forged BYE")
    check.equal(msg.method, "BYE", "request at the phone")
    Leg(phone, stranger, talk.call.id).respond(msg, 200)
    stranger.message("the 200")
    talk.speak()
    net.shows(calls=1, streams=1, call_stray=2)

    forged.request("INVITE", sip.sdp(stranger.addr, 40500))
    phone.message("the forged INVITE")
    talk.speak()
    thief = rtp.Endpoint(net.stranger, 40500)
    thief.told(talk.two.peer)
    rtp.deaf(thief, talk.one, "RTP of a stranger")
    talk.speak()
    talk.call.bye()
    net.shows(calls=1, streams=0)
