# SPDX-License-Identifier: GPL-2.0-or-later
"""Two m= lines on one port (FIELD 2), as BUNDLE has it, and as fax has it.

Bundled media stays on one port outside (RFC 9143). Audio and T.38 on one port,
at both ends, is the switch of a call to fax: packets come from where the
description says.
"""
from lib import check, rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "ip6", "nat66")


def bundle(addr, port):
    return sip.sdp(addr, session=["a=group:BUNDLE 0 1"], media=[
        f"m=audio {port} RTP/AVP 0", "a=mid:0", "a=rtcp-mux",
        f"m=video {port} RTP/AVP 96", "a=mid:1", "a=rtcp-mux"])


def fax(addr, port):
    return sip.sdp(addr, media=[f"m=audio {port} RTP/AVP 0", f"m=image {port} udptl t38"])


def run(net):
    phone, provider = pair(net)
    for make, rtcp in ((bundle, False), (fax, True)):
        call = Call(phone, provider)
        offer, answer = call.establish(make(phone.addr, 4000), make(provider.addr, 40000))
        first, second = offer.media
        net.in_pool(first.port)
        if make is bundle:
            check.equal(first.port, second.port, "the bundled port")
            net.shows(calls=1, ports=1)
        one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.provider, 40000)
        one.told(answer.media[0])
        two.told(first)
        rtp.both_ways(two, one, rtcp=rtcp)
        call.bye()
        net.nothing_left()
        one.close()
        two.close()
