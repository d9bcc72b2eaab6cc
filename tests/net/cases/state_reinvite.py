# SPDX-License-Identifier: GPL-2.0-or-later
"""A re-INVITE moves the media, of both sides; a failed one keeps it (FIELD 20).

The old ports close when the new answer is there, and not before. A 488 or 491
keeps what was agreed; a 481 ends the dialog.
"""
from lib import rtp, sip
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66", "watch-routed")


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    talk.speak()

    for status in (488, 491, 500):
        talk.call.transaction(talk.call.a, "INVITE", sip.sdp(phone.addr, 4200), status)
        talk.call.ack()
        talk.speak()
        talk.call.transaction(talk.call.b, "INVITE", sip.sdp(provider.addr, 40200), status)
        talk.call.ack(leg=talk.call.b)
        talk.speak()
    net.shows(calls=1, streams=2, pinholes=4, ports=1)

    # The phone takes another port, the provider another gateway.
    moved = rtp.Endpoint(net.phone, 4200), rtp.Endpoint(net.gateway, 40200)
    asked = talk.call.send(talk.call.a, "INVITE", sip.sdp(phone.addr, 4200))
    talk.speak()
    back = talk.call.back(talk.call.b, asked, 200, sip.sdp(net.gateway.addr, 40200))
    talk.call.ack()
    moved[0].told(back.media[0])
    moved[1].told(asked.media[0])
    rtp.both_ways(moved[1], moved[0])
    net.shows(calls=1, streams=2, pinholes=4)

    # And the provider moves back.
    asked, back = talk.call.transaction(talk.call.b, "INVITE", sip.sdp(provider.addr, 40000),
                                        answer=sip.sdp(phone.addr, 4000))
    talk.call.ack(leg=talk.call.b)
    talk.one.told(asked.media[0])
    talk.two.told(back.media[0])
    talk.speak()

    talk.call.transaction(talk.call.a, "INVITE", sip.sdp(phone.addr, 4200), 481)
    net.nothing_left()
