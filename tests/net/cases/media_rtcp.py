# SPDX-License-Identifier: GPL-2.0-or-later
"""RTCP: on the port above, on the port that a=rtcp names, and muxed.

a=rtcp moves it to the odd port of the pair, wherever it was, and both sides may
send first. Muxed means that nothing else is open than the one port; where the
answer does not agree to rtcp-mux, RTCP has its own (RFC 5761, 5.1.1).
"""
from lib import check, rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "ip6", "nat66")
MUX = "a=rtcp-mux"


def talk(net, pair_of, ours, theirs, streams):
    call = Call(*pair_of)
    offer, answer = call.establish(
        sip.sdp(pair_of[0].addr, 4000, attributes=ours),
        sip.sdp(pair_of[1].addr, 40000, attributes=theirs))
    net.shows(calls=1, streams=streams, pinholes=2 * streams)
    return call, offer.media[0], answer.media[0]


def run(net):
    both = pair(net)
    for order in (False, True):
        call, offer, answer = talk(net, both, ["a=rtcp:4711"], ["a=rtcp:47110"], 2)
        one = rtp.Endpoint(net.phone, 4000, rtcp_port=4711)
        two = rtp.Endpoint(net.provider, 40000, rtcp_port=47110)
        one.told(answer)
        two.told(offer)
        if net.plan.nat:
            check.equal(offer.rtcp_port, offer.port + 1, "mapped RTCP port")
        rtp.both_ways(*(one, two) if order else (two, one))
        call.bye()
        net.nothing_left()
        one.close()
        two.close()

    call, offer, answer = talk(net, both, [MUX], [MUX], 1)
    one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.provider, 40000)
    one.told(answer)
    two.told(offer)
    rtp.both_ways(two, one, rtcp=False)
    for src, dst in ((one, two), (two, one)):
        data = rtp.report()
        src.rtp.send(data, src.peer.rtp)
        dst.rtp.expect(data, dst.peer.rtp, "muxed RTCP")
    two.rtcp.send(rtp.report(), offer.rtcp)
    one.rtcp.quiet("RTCP on a port of its own")
    call.bye()
    net.nothing_left()

    call, offer, answer = talk(net, both, [MUX], [], 1)
    one.told(answer)
    two.told(offer)
    rtp.both_ways(two, one)
    call.bye()
    net.nothing_left()
