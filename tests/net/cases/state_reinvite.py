# SPDX-License-Identifier: GPL-2.0-or-later
"""A re-INVITE moves the media, of both sides; a failed one keeps it (FIELD 20).

The old ports close when the new answer is there, and not before. A 488 or 491
keeps what was agreed; a 481 or 408 ends the dialog.
"""
from lib import rtp, sip
from lib.ua import Talk
from lib.ways import ways

PLANS = ("ip4", "ip6", "nat66", "watch-routed")


def refused(net, talk):
    """What fails leaves the media as it was."""
    call = talk.call
    for status in (488, 491, 500):
        for leg, port in ((call.a, 4200), (call.b, 40200)):
            call.transaction(leg, "INVITE", sip.sdp(leg.agent.addr, port), status)
            call.ack(leg=leg)
            talk.speak()
    net.shows(calls=1, streams=1, pinholes=2, ports=1)


def moved(net, talk):
    """The caller takes another port, the callee another gateway if it has one."""
    call, caller, callee = talk.call, talk.call.a.agent, talk.call.b.agent
    far = net.gateway if callee.host is net.provider else callee.host
    ends = rtp.Endpoint(caller.host, 4200), rtp.Endpoint(far, 40200)
    asked = call.send(call.a, "INVITE", sip.sdp(caller.addr, 4200))
    talk.speak()
    back = call.back(call.b, asked, 200, sip.sdp(far.addr, 40200))
    call.ack()
    ends[0].told(back.media[0])
    ends[1].told(asked.media[0])
    rtp.both_ways(ends[1], ends[0])
    net.shows(calls=1, streams=1, pinholes=2)

    # And the callee moves back.
    asked, back = call.transaction(call.b, "INVITE", sip.sdp(callee.addr, 40000),
                                   answer=sip.sdp(caller.addr, 4000))
    call.ack(leg=call.b)
    talk.one.told(asked.media[0])
    talk.two.told(back.media[0])
    talk.speak()
    for end in ends:
        end.close()


def run(net):
    for caller, callee, target in ways(net):
        for status, side in ((481, "a"), (408, "b")):
            talk = Talk(caller, callee, target=target)
            talk.speak()
            refused(net, talk)
            moved(net, talk)
            leg = getattr(talk.call, side)
            talk.call.transaction(leg, "INVITE", sip.sdp(leg.agent.addr, 4300), status)
            net.nothing_left()
            talk.close()
