# SPDX-License-Identifier: GPL-2.0-or-later
"""Branches of a fork end one by one, and the call with the INVITE only.

The only early dialog ends, by BYE, by a 481 to its UPDATE or by a 199, and then
another branch answers: there is a call. A phone that was called by two bindings
refuses one INVITE with 482 and answers the other. Two branches that count their
own CSeq move their own media.
"""
from lib import rtp, sip
from lib.ua import Call
from lib.ways import ways

PLANS = ("ip4", "nat66")


def ringing(call, port, tag):
    """A 183 of one branch, with an answer of its own."""
    call.a.remote_tag = ""
    return call.respond(183, sip.sdp(call.b.agent.addr, port), tag=tag).media[0]


def speak(caller, callee, ports, at_caller, at_callee):
    one, two = rtp.Endpoint(caller.host, ports[0]), rtp.Endpoint(callee.host, ports[1])
    one.told(at_caller)
    two.told(at_callee)
    rtp.both_ways(one, two)
    one.close()
    two.close()


def answered_elsewhere(net, caller, callee, target, end):
    """One branch ends early; another one answers."""
    call = Call(caller, callee, target)
    offer = call.invite(sip.sdp(caller.addr, 4000)).media[0]
    answer = ringing(call, 40000, "desk")
    speak(caller, callee, (4000, 40000), answer, offer)
    net.shows(calls=1, streams=1)
    end(call)
    # The offer waits for another answer, with its port; an answer that is over has none.
    net.shows(calls=1, streams=0, pinholes=0, ports=0 if target else 1)
    answer = ringing(call, 40100, "cell")
    speak(caller, callee, (4000, 40100), answer, offer)
    call.respond(200, sip.sdp(callee.addr, 40100), tag="cell")
    call.send(call.a, "ACK", cseq=1)
    speak(caller, callee, (4000, 40100), answer, offer)
    call.bye()
    net.nothing_left()


def by_update(call):
    call.transaction(call.a, "UPDATE", sip.sdp(call.a.agent.addr, 4000), 481)


def by_199(call):
    call.respond(199, tag="desk")


def merged(net, caller, callee, target):
    """482 to the second of two INVITEs that are one."""
    call = Call(caller, callee, target)
    first = call.invite(sip.sdp(caller.addr, 4000))
    branch = call.a.sent.replace(b"branch=z9hG4bK", b"branch=z9hG4bKtwo")
    caller.send(branch, call.a.target)
    second = callee.message("the same INVITE by another branch")
    for when in ("before", "after"):
        callee.send(call.b.reply(second, 482, tag="x"), second.source)
        caller.message(f"482 {when} the phone rings")
        net.shows(calls=1, ports=0 if target else 1)
        call.back(call.b, first, 180)
    call.a.remote_tag = call.b.tag
    answer = call.back(call.b, first, 200, sip.sdp(callee.addr, 40000)).media[0]
    call.ack()
    speak(caller, callee, (4000, 40000), answer, first.media[0])
    call.bye()
    net.nothing_left()


def own_cseq(net, caller, callee, target):
    """UPDATE with the same CSeq in two dialogs, answered crosswise."""
    call = Call(caller, callee, target)
    offer = call.invite(sip.sdp(caller.addr, 4000)).media[0]
    moves = []
    for tag, port, new in (("desk", 40000, 4200), ("cell", 40100, 4300)):
        answer = ringing(call, port, tag)
        speak(caller, callee, (4000, port), answer, offer)
    for tag, port, new in (("desk", 40000, 4200), ("cell", 40100, 4300)):
        call.a.remote_tag, call.a.cseq = tag, 1
        moves.append((call.send(call.a, "UPDATE", sip.sdp(caller.addr, new)), new, port))
    for asked, new, port in moves:
        back = call.back(call.b, asked, 200, sip.sdp(callee.addr, port)).media[0]
        speak(caller, callee, (new, port), back, asked.media[0])
    net.shows(calls=1, streams=2)
    call.respond(487)
    call.ack()
    net.nothing_left()


def run(net):
    for way in ways(net):
        for end in (Call.bye, by_update, by_199):
            answered_elsewhere(net, *way, end)
        merged(net, *way)
        own_cseq(net, *way)
