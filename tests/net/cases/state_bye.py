# SPDX-License-Identifier: GPL-2.0-or-later
"""BYE closes its call's media, at the final response (FIELD 25).

Until then packets still pass both ways; after it neither connections nor
expectations are left, and a packet that comes late does not come in.
"""
from lib import rtp
from lib.ua import Talk
from lib.ways import inward, ways

PLANS = ("ip4", "ip6", "nat66")


def run(net):
    for caller, callee, target, side in ((*way, side) for way in ways(net) for side in "ab"):
        talk = Talk(caller, callee, target=target)
        talk.speak()
        leg = getattr(talk.call, side)
        asked = talk.call.send(leg, "BYE")
        talk.speak()
        net.shows(calls=1, streams=1)
        talk.call.back(talk.call.other(leg), asked, 200)
        net.no_media()
        net.shows(calls=0, streams=0, pinholes=0, ports=0)
        rtp.deaf(*inward(net, talk.two, talk.one), "RTP after the call")
        talk.close()
