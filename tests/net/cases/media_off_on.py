# SPDX-License-Identifier: GPL-2.0-or-later
"""Media comes back after it was switched off, whatever was sent in between.

Packets were still under way when the media closed, and each side may go on for a
while. What they leave in conntrack must not be in the way when the same ports
are agreed on again.
"""
from lib import rtp, sip
from lib.ua import Talk, pair

PLANS = ("ip4", "nat66")


def reinvite(talk, port, answer):
    asked, back = talk.call.transaction(
        talk.call.a, "INVITE", sip.sdp(talk.call.a.agent.addr, port),
        answer=sip.sdp(talk.call.b.agent.addr, answer))
    talk.call.ack()
    return asked.media[0], back.media[0]


def run(net):
    phone, provider = pair(net)
    switched_off(net, phone, provider)
    net.let_early_media_be()
    switched_off(net, phone, provider)


def switched_off(net, phone, provider):
    for late in ("provider", "phone", "both"):
        talk = Talk(phone, provider)
        talk.speak()
        at_provider, at_phone = talk.two.peer, talk.one.peer
        reinvite(talk, 0, 0)
        net.shows(streams=0)
        if late != "phone":
            talk.two.rtp.send(rtp.packet(), at_provider.rtp)
            talk.two.rtcp.send(rtp.report(), at_provider.rtcp)
            if net.ours:
                talk.one.rtp.quiet("RTP of media that is off")
            talk.one.rtp.drain()
            talk.one.rtcp.drain()
        if late != "provider":
            talk.one.rtp.send(rtp.packet(), at_phone.rtp)
            talk.two.rtp.receive("RTP of the phone")
            talk.one.rtcp.send(rtp.report(), at_phone.rtcp)
            talk.two.rtcp.receive("RTCP of the phone")
        offer, answer = reinvite(talk, 4000, 40000)
        talk.one.told(answer)
        talk.two.told(offer)
        try:
            rtp.both_ways(talk.two, talk.one)
        except Exception as error:
            raise type(error)(f"{error}, after packets of {late} while it was off") from error
        talk.speak()
        talk.call.bye()
        net.nothing_left()
        talk.close()
