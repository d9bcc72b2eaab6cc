# SPDX-License-Identifier: GPL-2.0-or-later
"""A call that switches to T.38 and back (FIELD 22): the answer does not evict the offer.

Either side may ask for it; one that is refused keeps the audio.
"""
from lib import rtp, sip
from lib.ua import Talk
from lib.ways import inward, ways

PLANS = ("ip4", "nat66")


def fax(leg, port):
    return sip.sdp(leg.agent.addr, media=[f"m=image {port} udptl t38"])


def switch(net, talk, leg):
    """One side asks, and the other agrees; then it is undone by the other one."""
    call, other = talk.call, talk.call.other(leg)
    mine, peer = (talk.one, talk.two) if leg is call.a else (talk.two, talk.one)
    asked, back = call.transaction(leg, "INVITE", fax(leg, 40100), answer=fax(other, 4100))
    call.ack(leg=leg)
    here, there = rtp.Endpoint(leg.agent.host, 40100), rtp.Endpoint(other.agent.host, 4100)
    there.told(asked.media[0])
    here.told(back.media[0])
    rtp.both_ways(here, there, rtcp=False)
    rtp.both_ways(there, here, rtcp=False)
    rtp.deaf(*inward(net, talk.two, talk.one), "audio after the switch")
    net.shows(calls=1, streams=1, pinholes=2)

    asked, back = call.transaction(
        other, "INVITE", sip.sdp(other.agent.addr, peer.rtp.port),
        answer=sip.sdp(leg.agent.addr, mine.rtp.port))
    call.ack(leg=other)
    mine.told(asked.media[0])
    peer.told(back.media[0])
    talk.one.rtp.drain()
    talk.speak()
    rtp.deaf(*inward(net, here, there), "T.38 after the switch back")
    net.shows(calls=1, streams=1, pinholes=2)
    here.close()
    there.close()


def run(net):
    for caller, callee, target in ways(net):
        talk = Talk(caller, callee, target=target)
        talk.speak()
        for leg in (talk.call.b, talk.call.a):
            talk.call.transaction(leg, "INVITE", fax(leg, 40100), 488)
            talk.call.ack(leg=leg)
            talk.speak()
            switch(net, talk, leg)
        talk.call.bye()
        net.nothing_left()
        talk.close()
