# SPDX-License-Identifier: GPL-2.0-or-later
"""Media leaves by another device than its signalling.

A router with two uplinks: masquerade notes the device of a connection, and kills
one that leaves by another. A call's first RTP packet once took the kernel with it.
"""
from lib import rtnl, rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "nat66")
OTHER = {4: ("203.0.114.1/24", "203.0.114.254"), 6: ("2001:db8:e::1/64", "2001:db8:e::254")}


def run(net):
    addr, far = OTHER[net.plan.family]
    prefix = addr.partition("/")[2]
    isp = net.hosts["isp"]
    net.link(net.router, "wan2", isp, "wan2")
    with isp:
        rtnl.address("wan2", f"{far}/{prefix}")
    phone, provider = pair(net)
    gateway = net.gateway.addr
    with net.router:
        rtnl.address("wan2", addr)
        rtnl.route(f"{gateway}/{32 if net.plan.family == 4 else 128}", far, "wan2")

    net.router.run("nft", "insert rule inet sipfast forward oifname wan2 accept")
    call = Call(phone, provider)
    offer, answer = call.establish(sip.sdp(phone.addr, 4000), sip.sdp(gateway, 40000))
    one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.gateway, 40000)
    one.told(answer.media[0])
    two.told(offer.media[0])
    rtp.both_ways(one, two)
    rtp.both_ways(two, one)
    call.bye()
    net.nothing_left()
