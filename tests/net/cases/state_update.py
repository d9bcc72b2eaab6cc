# SPDX-License-Identifier: GPL-2.0-or-later
"""Offers and answers outside of INVITE and 200: PRACK, UPDATE, and ACK.

An offer in the 200 that the ACK answers; an offer in a reliable 183 that the
PRACK answers; an UPDATE that moves the media, and one that fails.
"""
from lib import rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "nat66")


def ends(net, one, two):
    return rtp.Endpoint(net.phone, one), rtp.Endpoint(net.provider, two)


def speak(pair_of_ends, at_phone, at_provider):
    one, two = pair_of_ends
    one.told(at_phone.media[0])
    two.told(at_provider.media[0])
    rtp.both_ways(two, one)


def run(net):
    phone, provider = pair(net)

    call = Call(phone, provider)
    call.invite()
    offer = call.respond(200, sip.sdp(provider.addr, 40000))
    net.shows(calls=1, streams=0)
    answer = call.ack(sip.sdp(phone.addr, 4000))
    first = ends(net, 4000, 40000)
    speak(first, offer, answer)
    call.bye()
    net.nothing_left()

    call = Call(phone, provider)
    call.invite()
    offer = call.respond(183, sip.sdp(provider.addr, 40100), extra=[("RSeq", "1")])
    answer, _ = call.transaction(call.a, "PRACK", sip.sdp(phone.addr, 4100),
                                 extra=[("RAck", "1 1 INVITE")])
    speak(ends(net, 4100, 40100), offer, answer)

    asked, back = call.transaction(call.a, "UPDATE", sip.sdp(phone.addr, 4200),
                                   answer=sip.sdp(provider.addr, 40200))
    moved = ends(net, 4200, 40200)
    speak(moved, back, asked)
    net.shows(calls=1, streams=2)
    call.transaction(call.b, "UPDATE", sip.sdp(provider.addr, 40300), 504)
    rtp.both_ways(*moved)
    call.respond(200)
    # ACK: its CSeq is the INVITE's.
    call.send(call.a, "ACK", cseq=1)
    rtp.both_ways(*moved)
    call.bye()
    net.nothing_left()
