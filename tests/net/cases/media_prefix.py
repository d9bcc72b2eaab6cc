# SPDX-License-Identifier: GPL-2.0-or-later
"""Media from beside the announced address: `media-source prefix`.

The /24 of the announced address may send (IPv6: the /64), in both ways of
admission, and nobody next to it; an inside phone's direction is never opened
for its neighbours. The first packet is not the announced host's.
"""
from lib import rtnl, rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "ip6", "nat66", "watch-routed")
HELPERS = ("sipfast",)

# A second address of the gateway in its prefix, and one outside of it.
BESIDE = {4: ("198.51.100.200", "198.51.101.10"),
          6: ("2001:db8:61::200", "2001:db8:61:1::10")}


def run(net):
    phone, provider = pair(net)
    near, far = BESIDE[net.plan.family]
    with net.gateway:
        for addr in (near, far):
            rtnl.address("eth0", f"{addr}/{32 if net.plan.family == 4 else 128}")
    with net.hosts["isp"]:
        for addr in (near, far):
            rtnl.route(f"{addr}/{32 if net.plan.family == 4 else 128}",
                       net.gateway.addr, "gateway")
    net.set("media-source", "prefix")

    call = Call(phone, provider)
    offer, answer = call.establish(sip.sdp(phone.addr, 4000), sip.sdp(net.gateway.addr, 40000))
    one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.gateway, 40000)
    one.told(answer.media[0])
    two.told(offer.media[0])
    outside = net.gateway.udp(41000, far)
    for line, end in ((two.peer.rtp, one.rtp), (two.peer.rtcp, one.rtcp)):
        outside.send(rtp.packet(), line)
        end.quiet("RTP from beyond the prefix")
    net.shows(pinhole_stranger=2)
    beside = net.gateway.udp(41000, near)
    for line, end in ((two.peer.rtp, one.rtp), (two.peer.rtcp, one.rtcp)):
        data = rtp.packet()
        beside.send(data, line)
        end.expect(data, beside.at, "RTP from beside")
    rtp.both_ways(two, one)
    rtp.both_ways(one, two)
    call.bye()
    net.nothing_left()
