# SPDX-License-Identifier: GPL-2.0-or-later
"""A call that switches to T.38 (FIELD 22): the answer does not evict the offer."""
from lib import rtp, sip
from lib.ua import Talk, pair

PLANS = ("ip4", "nat66")


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    talk.speak()
    asked, back = talk.call.transaction(
        talk.call.b, "INVITE", sip.sdp(provider.addr, media=["m=image 40100 udptl t38"]),
        answer=sip.sdp(phone.addr, media=["m=image 4100 udptl t38"]))
    talk.call.ack(leg=talk.call.b)
    one, two = rtp.Endpoint(net.phone, 4100), rtp.Endpoint(net.provider, 40100)
    one.told(asked.media[0])
    two.told(back.media[0])
    rtp.both_ways(two, one, rtcp=False)
    rtp.both_ways(one, two, rtcp=False)
    rtp.deaf(talk.two, talk.one, "audio after the switch")
    net.shows(calls=1, streams=1, pinholes=2)
    talk.call.bye()
    net.nothing_left()
