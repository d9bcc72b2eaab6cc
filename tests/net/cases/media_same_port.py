# SPDX-License-Identifier: GPL-2.0-or-later
"""Two phones on the same RTP port, at the same time, to the same provider (FIELD 1)."""
from lib import check
from lib.ua import Agent, Talk

PLANS = ("ip4", "ip6", "nat66")


def run(net):
    provider = Agent(net.provider, "bob")
    talks = [Talk(Agent(net.phone, "anna"), provider, (4000, 40000)),
             Talk(Agent(net.phone2, "berta"), provider, (4000, 40010))]
    lines = [talk.call.invite_got.media[0] for talk in talks]
    for line in lines:
        net.in_pool(line.port)
    check.true(lines[0].rtp != lines[1].rtp, "two phones on one port outside")
    for talk in talks + talks:
        talk.speak()
    talks[0].call.bye()
    talks[1].speak()
    talks[1].call.bye()
    net.nothing_left()
