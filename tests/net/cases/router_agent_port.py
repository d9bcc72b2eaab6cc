# SPDX-License-Identifier: GPL-2.0-or-later
"""An agent on the router whose RTP port the masquerade rule would move.

The description says 20000 and nothing translates it, so RTP has to leave from
20000, also when the agent speaks first.
"""
from lib import rtp
from lib.ua import Agent, Talk

PLANS = ("ip4", "ip6")


def run(net):
    talk = Talk(Agent(net.router, "anna"), Agent(net.provider, "bob"), (20000, 40000))
    rtp.one_way(talk.one, talk.two)
    rtp.one_way(talk.two, talk.one)
    talk.call.bye(talk.call.b)
    net.shows(calls=0, streams=0, pinholes=0)
