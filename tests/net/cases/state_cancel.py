# SPDX-License-Identifier: GPL-2.0-or-later
"""CANCEL closes nothing: the INVITE's final response does (FIELD 25).

Early media goes on after the 200 to CANCEL, up to the 487. And when the callee's
200 crosses the CANCEL, there is a call.
"""
from lib import rtp, sip
from lib.ua import Call
from lib.ways import inward, ways

PLANS = ("ip4", "ip6")


def early(call, net):
    """INVITE, 183 with media, CANCEL and its 200."""
    offer = call.invite(sip.sdp(call.a.agent.addr, 4000))
    answer = call.respond(183, sip.sdp(call.b.agent.addr, 40000))
    ends = [rtp.Endpoint(leg.agent.host, port)
            for leg, port in ((call.a, 4000), (call.b, 40000))]
    ends[0].told(answer.media[0])
    ends[1].told(offer.media[0])
    rtp.one_way(ends[1], ends[0])
    asked = call.send(call.a, "CANCEL", cseq=call.a.cseq)
    call.back(call.b, asked, 200)
    net.shows(calls=1, streams=1)
    rtp.both_ways(ends[1], ends[0])
    return ends


def run(net):
    for way in ways(net):
        cancelled(net, *way)
        crossed(net, *way)


def cancelled(net, caller, callee, target):
    call = Call(caller, callee, target)
    ends = early(call, net)
    call.respond(487)
    call.ack()
    net.nothing_left()
    rtp.deaf(*inward(net, *ends), "RTP after the 487")
    for end in ends:
        end.close()


def crossed(net, caller, callee, target):
    call = Call(caller, callee, target)
    ends = early(call, net)
    call.respond(200, sip.sdp(callee.addr, 40000))
    call.ack()
    rtp.both_ways(*ends)
    net.shows(calls=1, streams=1)
    call.bye()
    net.nothing_left()
    for end in ends:
        end.close()
