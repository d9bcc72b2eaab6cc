# SPDX-License-Identifier: GPL-2.0-or-later
"""RTP that is faster than the answer: not let in, and not in the way later.

The callee talks as soon as it picks up, and its RTP goes straight, while the 200
goes by the provider's proxies. When the answer is there, the same packets, from
the same port, are the call's; with the shipped rules, and with such that let a
connection begin before.
"""
from lib import rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "ip6", "nat66")


def run(net):
    phone, provider = pair(net)
    early(net, phone, provider)
    net.let_early_media_be()
    early(net, phone, provider)


def early(net, phone, provider):
    call = Call(phone, provider)
    line = call.invite(sip.sdp(phone.addr, 4000)).media[0]
    one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.provider, 40000)
    two.told(line)
    for _ in range(3):
        two.rtp.send(rtp.packet(), line.rtp)
        two.rtcp.send(rtp.report(), line.rtcp)
    if net.ours:
        one.rtp.quiet("RTP before the answer")
    answer = call.respond(200, sip.sdp(provider.addr, 40000))
    call.ack()
    one.told(answer.media[0])
    if not net.ours:
        # It let those in already.
        one.rtp.drain()
        one.rtcp.drain()
    rtp.both_ways(two, one)
    call.bye()
    net.nothing_left()
    one.close()
    two.close()
