# SPDX-License-Identifier: GPL-2.0-or-later
"""A PBX that is not translated (IPv6): no byte changes, and its media opens.

Outside calls it, so the flow does not tell who is inside: media-hosts does. The
trunk may then name a media gateway, and the PBX only itself.
"""
from lib import rtp, sip
from lib.pbx import Pbx
from lib.ua import Call

PLANS = ("ip6", "routed")


def run(net):
    family, width = ("ip", 32) if net.plan.family == 4 else ("ip6", 128)
    net.router.run("nft", "insert", "rule", "inet", "sipfast", "forward", "iifname", "wan",
                   family, "daddr", net.pbx.addr, "udp", "dport", "5060", "accept")
    net.router.run("nft", "insert", "rule", "inet", "sipfast", "attach", family, "saddr",
                   net.pbx.addr, "ct", "state", "new", "udp", "sport", "5060",
                   "ct", "helper", "set", "sip")
    pbx = Pbx(net, (net.pbx.addr, 5060))
    pbx.run()

    call = Call(pbx.trunk, pbx.agent, target=pbx.at)
    offer = sip.sdp(net.gateway.addr, 40000)
    call.establish(offer, sip.sdp(pbx.agent.addr, 12000))
    net.shows(calls=1, streams=0, media_foreign=1)
    call.bye()
    net.set("media-hosts", f"{net.pbx.addr}/{width}")
    call = Call(pbx.trunk, pbx.agent, target=pbx.at)
    offer, answer = call.establish(offer, sip.sdp(pbx.agent.addr, 12000))
    inside, outside = rtp.Endpoint(net.pbx, 12000), rtp.Endpoint(net.gateway, 40000)
    inside.told(offer.media[0])
    outside.told(answer.media[0])
    rtp.both_ways(outside, inside)
    rtp.both_ways(inside, outside)
    call.bye()
    net.nothing_left()
    inside.close()
    outside.close()

    call = Call(pbx.trunk, pbx.agent, target=pbx.at)
    call.establish(sip.sdp(pbx.trunk.addr, 40000), sip.sdp(net.phone.addr, 12000))
    net.shows(calls=1, streams=0, media_foreign=2)
    call.bye()
    net.nothing_left()
