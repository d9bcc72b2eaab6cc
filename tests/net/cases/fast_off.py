# SPDX-License-Identifier: GPL-2.0-or-later
"""The fast path is switched off and on during a call.

Off gives back everything at once, on takes it over again, and no packet is lost.
"""
from lib import check, fast
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    for round_number in (1, 2):
        fast.takes(net, talk)
        net.set("fastpath", "off")
        check.equal(fast.promoted(net), [False, False], "promoted while it is off")
        net.shows(fast_promoted=4 * round_number, fast_demoted=4 * round_number)
        for _ in range(3):
            fast.avoids(net, talk)
        net.set("fastpath", "on")
        # The first of each direction is taken over, and with it what is behind it.
        check.equal(fast.moved(net, talk.speak), [(3, 2)] * 2, "counted, fast")
        fast.wait(net)
        fast.takes(net, talk)
    for way in fast.directions(net):
        check.equal(way["rtp"]["lost"], 0, "lost")
    talk.call.bye()
    net.nothing_left()
    talk.close()
