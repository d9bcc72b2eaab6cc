# SPDX-License-Identifier: GPL-2.0-or-later
"""More than three m= lines (FIELD 18), and ports of their own for RTCP (FIELD 16).

Six lines, each with media both ways: plain, on an odd port, with a=rtcp on a far
port, with a=rtcp and an address, with rtcp-mux, and one over UDPTL.
"""
from lib import check, rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "ip6", "nat66", "watch-routed")


def lines(addr, base):
    kind = "IP6" if ":" in addr else "IP4"
    return sip.sdp(addr, media=[
        f"m=audio {base} RTP/AVP 0",
        f"m=audio {base + 11} RTP/AVP 0",
        f"m=video {base + 20} RTP/AVP 96", f"a=rtcp:{base + 27}",
        f"m=video {base + 30} RTP/AVPF 96", f"a=rtcp:{base + 33} IN {kind} {addr}",
        f"m=text {base + 40} RTP/AVP 98", "a=rtcp-mux",
        f"m=image {base + 50} udptl t38"])


OFFSETS = [(0, 1), (11, 12), (20, 27), (30, 33), (40, 41), (50, 51)]


def run(net):
    phone, provider = pair(net)
    call = Call(phone, provider)
    offer, answer = call.establish(lines(phone.addr, 4000), lines(provider.addr, 40000))
    check.equal({line.addr for line in offer.media}, {phone.face}, "addresses outside")
    check.equal(len(offer.media), 6, "m= lines")
    check.equal(len({line.port for line in offer.media}), 6, "different ports")
    # One stream for each, and one for RTCP that is not on the port above an even one.
    net.shows(calls=1, ports=6, streams=9, pinholes=18)
    ends = []
    for index, (port, rtcp) in enumerate(OFFSETS):
        net.in_pool(offer.media[index].port)
        one = rtp.Endpoint(net.phone, 4000 + port, 4000 + rtcp)
        two = rtp.Endpoint(net.provider, 40000 + port, 40000 + rtcp)
        one.told(answer.media[index])
        two.told(offer.media[index])
        ends.append((one, two, index < 4))
    for one, two, separate in ends:
        rtp.both_ways(two, one, rtcp=separate)
        rtp.both_ways(one, two, rtcp=separate)
    call.bye()
    net.nothing_left()
