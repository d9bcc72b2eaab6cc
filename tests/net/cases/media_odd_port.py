# SPDX-License-Identifier: GPL-2.0-or-later
"""An odd port for RTP is a port like any other (FIELD 25).

The phone receives at 4001, and RTCP at 4002, as it says; audio both ways.
"""
from lib import rtp
from lib.ua import Talk
from lib.ways import ways

PLANS = ("ip4", "ip6", "nat66")


def run(net):
    for caller, callee, target in ways(net):
        talk = Talk(caller, callee, (4001, 40001), target)
        rtp.both_ways(talk.two, talk.one)
        talk.speak()
        talk.call.bye()
        net.nothing_left()
        talk.close()
