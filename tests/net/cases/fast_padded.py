# SPDX-License-Identifier: GPL-2.0-or-later
"""Short frames that a link has padded leave the fast path with their own length."""
from lib import check, fast, rawudp
from lib.capture import Capture
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    captures = [Capture(net.isp, "wan"), Capture(net.phone)]
    for padding in (b"\0" * 6, b"\xff" * 17, b"\xa5" * 46):
        for number, way in enumerate(rawudp.ways(net, talk)):
            captures[number].packets()
            data = way.src.source.packet()[:13]
            moved = fast.moved(net, lambda way=way, data=data: way.send(data, padding))
            check.equal(moved[number], (1, 1), "counted, fast")
            way.dst.rtp.expect(data, way.dst.peer.rtp, "a short packet")
            packet, = captures[number].packets()
            check.equal(len(packet.data), len(way.make(data)), "length of what leaves")
            packet.judge()
    talk.call.bye()
    net.nothing_left()
