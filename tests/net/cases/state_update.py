# SPDX-License-Identifier: GPL-2.0-or-later
"""Offers and answers outside of INVITE and 200: PRACK, UPDATE, and ACK.

An offer in the 200 that the ACK answers; an offer in a reliable 183 that the
PRACK answers; an UPDATE that moves the media, and one that fails.
"""
from lib import rtp, sip
from lib.ua import Call
from lib.ways import ways

PLANS = ("ip4", "nat66")


def ends(call, one, two):
    return rtp.Endpoint(call.a.agent.host, one), rtp.Endpoint(call.b.agent.host, two)


def speak(pair_of_ends, at_caller, at_callee):
    one, two = pair_of_ends
    one.told(at_caller.media[0])
    two.told(at_callee.media[0])
    rtp.both_ways(two, one)


def close(pair_of_ends):
    for end in pair_of_ends:
        end.close()


def run(net):
    for way in ways(net):
        delayed(net, *way)
        updated(net, *way)


def delayed(net, caller, callee, target):
    call = Call(caller, callee, target)
    call.invite()
    offer = call.respond(200, sip.sdp(callee.addr, 40000))
    net.shows(calls=1, streams=0)
    answer = call.ack(sip.sdp(caller.addr, 4000))
    first = ends(call, 4000, 40000)
    speak(first, offer, answer)
    call.bye()
    net.nothing_left()
    close(first)


def updated(net, caller, callee, target):
    call = Call(caller, callee, target)
    call.invite()
    offer = call.respond(183, sip.sdp(callee.addr, 40100), extra=[("RSeq", "1")])
    answer, _ = call.transaction(call.a, "PRACK", sip.sdp(caller.addr, 4100),
                                 extra=[("RAck", "1 1 INVITE")])
    first = ends(call, 4100, 40100)
    speak(first, offer, answer)

    asked, back = call.transaction(call.a, "UPDATE", sip.sdp(caller.addr, 4200),
                                   answer=sip.sdp(callee.addr, 40200))
    moved = ends(call, 4200, 40200)
    speak(moved, back, asked)
    net.shows(calls=1, streams=1)
    call.transaction(call.b, "UPDATE", sip.sdp(callee.addr, 40300), 504)
    rtp.both_ways(*moved)
    call.respond(200)
    # ACK: its CSeq is the INVITE's.
    call.send(call.a, "ACK", cseq=1)
    rtp.both_ways(*moved)
    call.bye()
    net.nothing_left()
    close(first)
    close(moved)
