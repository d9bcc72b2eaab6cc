# SPDX-License-Identifier: GPL-2.0-or-later
"""Two networks with the same addresses on the same wires, the second one in VLANs.

Both have a call with the same addresses and ports. What is tagged comes by the device
whose untagged media is in the fast path, and is not taken for that.
"""
from lib import check, fast, zones
from lib.ua import Agent, Talk

HELPERS = ("sipfast",)


def run(net):
    talks = []
    for phone, provider in ((net.phone, net.provider), zones.second(net, zones.tagged)):
        talks.append(Talk(Agent(phone, "anna"), Agent(provider, "bob")))
        if len(talks) == 1:
            fast.promote(net, talks[0])
    # Nothing but the first one's media is in the fast path: a wrong match would be seen.
    fast.avoids(net, talks[1], 1)
    fast.promote(net, talks[1], 1)
    for _ in range(3):
        for number, talk in enumerate(talks):
            before = fast.directions(net, 1 - number)
            fast.takes(net, talk, number)
            check.equal([way["packets"] for way in fast.directions(net, 1 - number)],
                        [way["packets"] for way in before], "packets of the other network")
    net.shows(fast_promoted=8, fast_demoted=0)

    talks[0].call.bye()
    net.shows(calls=1, streams=1, fast_demoted=4)
    fast.takes(net, talks[1])
    talks[1].call.bye()
    net.shows(fast_demoted=8)
    net.nothing_left()
