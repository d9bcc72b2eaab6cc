# SPDX-License-Identifier: GPL-2.0-or-later
"""CANCEL closes nothing: the INVITE's final response does (FIELD 25).

Early media goes on after the 200 to CANCEL, up to the 487. And when the callee's
200 crosses the CANCEL, there is a call.
"""
from lib import rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "ip6")


def early(net, call):
    """INVITE, 183 with media, CANCEL and its 200."""
    offer = call.invite(sip.sdp(call.a.agent.addr, 4000))
    answer = call.respond(183, sip.sdp(call.b.agent.addr, 40000))
    ends = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.provider, 40000)
    ends[0].told(answer.media[0])
    ends[1].told(offer.media[0])
    rtp.one_way(ends[1], ends[0])
    asked = call.send(call.a, "CANCEL", cseq=call.a.cseq)
    call.back(call.b, asked, 200)
    net.shows(calls=1, streams=2)
    rtp.both_ways(ends[1], ends[0])
    return ends


def run(net):
    phone, provider = pair(net)
    call = Call(phone, provider)
    ends = early(net, call)
    call.respond(487)
    call.ack()
    net.nothing_left()
    rtp.deaf(ends[1], ends[0], "RTP after the 487")
    for end in ends:
        end.close()

    call = Call(phone, provider)
    ends = early(net, call)
    call.respond(200, sip.sdp(provider.addr, 40000))
    call.ack()
    rtp.both_ways(*ends)
    net.shows(calls=1, streams=2)
    call.bye()
    net.nothing_left()
