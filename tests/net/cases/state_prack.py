# SPDX-License-Identifier: GPL-2.0-or-later
"""Offers in PRACK, and answers that come once more after the media has moved.

An offer in a reliable 183 that the first PRACK answers; another in the second
PRACK, which is no answer to it. An UPDATE of the callee moves the media while it
rings, and the 200 repeats the answer of the 183: the media stays moved.
"""
from lib import rtp, sip
from lib.ua import Call
from lib.ways import ways

PLANS = ("ip4", "nat66")


class Ends:
    """Two media endpoints that were told of each other."""

    def __init__(self, call, ports, at_caller, at_callee):
        self.ends = [rtp.Endpoint(leg.agent.host, port)
                     for leg, port in zip((call.a, call.b), ports)]
        for end, msg in zip(self.ends, (at_caller, at_callee)):
            end.told(msg.media[0])

    def speak(self):
        rtp.both_ways(*self.ends)

    def close(self):
        for end in self.ends:
            end.close()


def prack(net, caller, callee, target):
    call = Call(caller, callee, target)
    call.invite()
    offer = call.respond(183, sip.sdp(callee.addr, 40000), extra=[("RSeq", "1")])
    answer, _ = call.transaction(call.a, "PRACK", sip.sdp(caller.addr, 4000),
                                 extra=[("RAck", "1 1 INVITE")])
    first = Ends(call, (4000, 40000), offer, answer)
    first.speak()
    call.respond(180, extra=[("RSeq", "2")])
    asked, back = call.transaction(call.a, "PRACK", sip.sdp(caller.addr, 4100),
                                   answer=sip.sdp(callee.addr, 40100),
                                   extra=[("RAck", "2 1 INVITE")])
    moved = Ends(call, (4100, 40100), back, asked)
    moved.speak()
    net.shows(calls=1, streams=1, pinholes=2)
    call.respond(200)
    call.send(call.a, "ACK", cseq=1)
    moved.speak()
    call.bye()
    net.nothing_left()
    first.close()
    moved.close()


def repeated(net, caller, callee, target):
    call = Call(caller, callee, target)
    offer = call.invite(sip.sdp(caller.addr, 4000))
    answer = call.respond(183, sip.sdp(callee.addr, 40000))
    first = Ends(call, (4000, 40000), answer, offer)
    first.speak()
    asked, back = call.transaction(call.b, "UPDATE", sip.sdp(callee.addr, 40100),
                                   answer=sip.sdp(caller.addr, 4000))
    first.ends[1].close()
    moved = rtp.Endpoint(callee.host, 40100)
    moved.told(back.media[0])
    first.ends[0].told(asked.media[0])
    rtp.both_ways(first.ends[0], moved)
    call.respond(200, sip.sdp(callee.addr, 40000))
    call.ack()
    rtp.both_ways(first.ends[0], moved)
    net.shows(calls=1, streams=1, pinholes=2, ports=1)
    call.bye()
    net.nothing_left()
    first.ends[0].close()
    moved.close()


def run(net):
    for way in ways(net):
        prack(net, *way)
        repeated(net, *way)
