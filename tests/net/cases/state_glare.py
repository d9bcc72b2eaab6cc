# SPDX-License-Identifier: GPL-2.0-or-later
"""Both sides re-INVITE at the same time: 491 both ways, and the media stays.

What either of them offered is forgotten; the one that asks again, first one side
and then the other, moves the media.
"""
from lib import rtp, sip
from lib.ua import Talk
from lib.ways import ways

PLANS = ("ip4", "ip6", "nat66")


def glare(call, ports):
    legs = (call.a, call.b)
    asked = [call.send(leg, "INVITE", sip.sdp(leg.agent.addr, port))
             for leg, port in zip(legs, ports)]
    for leg, msg in zip(legs, asked):
        call.back(call.other(leg), msg, 491)
        call.ack(leg=leg)


def again(talk, leg, port):
    """One of them alone, and answered."""
    call = talk.call
    mine, other = (talk.one, talk.two) if leg is call.a else (talk.two, talk.one)
    peer = call.other(leg).agent
    asked, back = call.transaction(leg, "INVITE", sip.sdp(leg.agent.addr, port),
                                   answer=sip.sdp(peer.addr, other.rtp.port))
    call.ack(leg=leg)
    moved = rtp.Endpoint(leg.agent.host, port)
    mine.close()
    moved.told(back.media[0])
    other.told(asked.media[0])
    return (moved, other) if leg is call.a else (other, moved)


def run(net):
    for caller, callee, target in ways(net):
        talk = Talk(caller, callee, target=target)
        talk.speak()
        for leg, port in ((talk.call.a, 4200), (talk.call.b, 40200)):
            glare(talk.call, (4300, 40300))
            talk.speak()
            net.shows(calls=1, streams=1, pinholes=2, ports=1)
            talk.one, talk.two = again(talk, leg, port)
            talk.speak()
            net.shows(calls=1, streams=1, pinholes=2, ports=1)
        talk.call.bye()
        net.nothing_left()
        talk.close()
