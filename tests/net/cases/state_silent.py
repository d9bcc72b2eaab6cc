# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls that end without a word, and calls that only say nothing (takes hours).

A BYE without an answer ends its call, or its branch, after 32 seconds. A session
that nobody refreshes ends when its interval and a grace are over (RFC 4028),
unless both sides still talk. Media that stops ends the call after media-timeout;
on hold, in each manner, or where media never flowed, it lives on.
"""
import time

from lib import check, rtp, sip
from lib.monitor import Monitor
from lib.ua import Call, Talk
from lib.ways import ways

TIMED = True
HELPERS = ("sipfast",)
PLANS = ("ip4", "ip6", "nat66")
SECONDS = 24 * 3600


def lives(net, seconds, **wanted):
    time.sleep(seconds)
    net.shows(**({"calls": 1, "streams": 1} | wanted))


def ends(net, seconds, why):
    """The call goes within so many seconds, for this reason.

    The kernel's timers come late by up to an eighth of what they wait.
    """
    monitor = Monitor(net.router)
    time.sleep(seconds)
    net.nothing_left()
    check.equal([call["end"] for call in monitor.told("call-end")], [why], "end of the call")
    monitor.close()


def bye(net, caller, callee, target):
    for side in "ab":
        talk = Talk(caller, callee, target=target)
        leg = getattr(talk.call, side)
        talk.call.send(leg, "BYE")
        lives(net, 20)
        # Once more does not prolong it.
        leg.agent.send(leg.sent, leg.target)
        talk.call.other(leg).agent.message("BYE")
        ends(net, 14, "bye")
        talk.close()


def branch(net, caller, callee, target):
    """Two branches answered; one gets a BYE that is lost, the other stays."""
    call = Call(caller, callee, target)
    call.invite(sip.sdp(caller.addr, 4000))
    for tag, port in (("desk", 40000), ("cell", 40100)):
        call.a.remote_tag = ""
        call.respond(200, sip.sdp(callee.addr, port), tag=tag)
        call.send(call.a, "ACK", cseq=1)
    call.send(call.a, "BYE")
    lives(net, 25, streams=2)
    lives(net, 10)
    lives(net, 300)
    call.a.remote_tag = "desk"
    call.bye()
    net.nothing_left()

    # A branch that never answers ends a while after another one has.
    call = Call(caller, callee, target)
    call.invite(sip.sdp(caller.addr, 4000))
    for tag, port in (("desk", 40000), ("cell", 40100)):
        call.a.remote_tag = ""
        call.respond(183, sip.sdp(callee.addr, port), tag=tag)
    call.a.remote_tag = ""
    call.respond(200, sip.sdp(callee.addr, 40000), tag="desk")
    call.send(call.a, "ACK", cseq=1)
    lives(net, 25, streams=2)
    lives(net, 10)
    call.bye()
    net.nothing_left()


def session(net, caller, callee, target):
    interval = [("Session-Expires", "90;refresher=uac")]
    call = Call(caller, callee, target)

    def invite():
        call.invite(sip.sdp(caller.addr, 4000), extra=[("Supported", "timer")])
        call.respond(200, sip.sdp(callee.addr, 40000), extra=interval)
        call.ack()

    def refresh(method, extra):
        asked = call.send(call.a, method, sip.sdp(caller.addr, 4000))
        call.back(call.b, asked, 200, sip.sdp(callee.addr, 40000), extra=extra)
        if method == "INVITE":
            call.ack()

    invite()
    for method in ("UPDATE", "INVITE"):
        lives(net, 85)
        refresh(method, interval)
    # Nor does a session that is refused end the limit.
    asked = call.send(call.a, "UPDATE", sip.sdp(caller.addr, 4000))
    call.back(call.b, asked, 488)
    lives(net, 110)
    ends(net, 30, "session")

    call = Call(caller, callee, target)
    invite()
    refresh("INVITE", [])
    lives(net, 600)
    call.bye()
    net.nothing_left()


def talking(net, caller, callee, target):
    """The refresh went another way: both sides are heard."""
    talk = Talk(caller, callee, target=target, extra=[("Session-Expires", "90")])
    for _ in range(20):
        talk.speak()
        lives(net, 10)
    # Only one of them is heard.
    for _ in range(2):
        rtp.one_way(talk.one, talk.two)
        lives(net, 10)
    ends(net, 36, "session")
    talk.close()


def idle(net, caller, callee, target):
    net.set("media-timeout", "60")
    talk = Talk(caller, callee, target=target)
    lives(net, 600)
    for _ in range(10):
        rtp.one_way(talk.one, talk.two, rtcp=False)
        lives(net, 50)
    ends(net, 30, "idle")
    talk.close()

    nowhere = "0.0.0.0" if net.plan.family == 4 else "::"
    for side in "ab":
        for what, answer in (("sendonly", "recvonly"), ("inactive", "inactive"),
                             (nowhere, "recvonly")):
            talk = Talk(caller, callee, target=target)
            talk.speak()
            leg = getattr(talk.call, side)
            hold(talk.call, leg, what, answer)
            lives(net, 1000)
            # Whoever takes it back has a minute to be heard.
            hold(talk.call, leg, "sendrecv", "sendrecv")
            lives(net, 50)
            ends(net, 30, "idle")
            talk.close()
    net.set("media-timeout", "1800")


def hold(call, leg, what, answer):
    other = call.other(leg)
    port, peer = (4000, 40000) if leg is call.a else (40000, 4000)
    offer = sip.sdp(leg.agent.addr, port, attributes=[f"a={what}"]) if what.isalpha() else \
        sip.sdp(what, port, origin=leg.agent.addr)
    call.transaction(leg, "INVITE", offer,
                     answer=sip.sdp(other.agent.addr, peer, attributes=[f"a={answer}"]))
    call.ack(leg=leg)


def run(net):
    for way in ways(net):
        for part in (bye, branch, session, talking, idle):
            part(net, *way)
