# SPDX-License-Identifier: GPL-2.0-or-later
"""A phone that sends from another port than it announced.

Its packets leave from another port of the pool, so that they are the call's and
close with it; the announced port still leads to the announced one. RTP on odd
ports stays where it is (FIELD 25).
"""
from lib import check, rtp
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider, (4001, 40001))
    net.in_pool(talk.two.peer.port)
    talk.speak()
    odd = net.phone.udp(4711)
    data = rtp.packet()
    odd.send(data, talk.one.peer.rtp)
    got, (host, port) = talk.two.rtp.receive("RTP from another port")
    check.same_bytes(got, data, "RTP from another port")
    check.equal(host, phone.face, "its address")
    check.true(port != talk.two.peer.port, "two connections on one port")
    if net.ours:
        check.true(port == 4711 or 10000 <= port <= 32767, f"source port {port} is not of the pool")
    # A provider that answers to where packets come from (symmetric RTP).
    talk.two.rtp.send(data, (host, port))
    odd.expect(data, talk.two.rtp.at, "symmetric RTP")
    talk.speak()
    talk.call.bye()
    net.nothing_left()
