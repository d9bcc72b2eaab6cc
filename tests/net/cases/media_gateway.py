# SPDX-License-Identifier: GPL-2.0-or-later
"""The provider's media comes from a gateway of its own (FIELD 23)."""
from lib import rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "ip6", "nat66", "watch-routed")


def run(net):
    phone, provider = pair(net)
    call = Call(phone, provider)
    offer, answer = call.establish(sip.sdp(phone.addr, 4000), sip.sdp(net.gateway.addr, 40000))
    one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.gateway, 40000)
    one.told(answer.media[0])
    two.told(offer.media[0])
    rtp.both_ways(two, one)
    impostor = rtp.Endpoint(net.provider, 40000)
    impostor.told(offer.media[0])
    rtp.deaf(impostor, one, "RTP from the signalling's address")
    call.bye()
    net.nothing_left()
