# SPDX-License-Identifier: GPL-2.0-or-later
"""An outbound call on which the provider speaks first.

Its RTP meets no connection: an expectation lets it in; its RTCP comes in by the
pinhole table. What the phone says then leaves from the announced ports.
"""
from lib import check, rtp
from lib.ua import Agent, Talk

PLANS = ("ip4", "ip6", "nat66", "watch-routed", "routed", "watch6")


def run(net):
    talk = Talk(Agent(net.phone, "anna"), Agent(net.provider, "bob"))
    rtp.both_ways(talk.two, talk.one)
    net.shows(pinhole_expected=1, pinhole_lookup=1)
    flows = [flow for flow in net.conntrack() if flow.get("helper") == "sipfast-media"]
    if net.ours:
        check.equal(len(flows), 2, "connections with helper sipfast-media")
    talk.call.bye(talk.call.b)
    net.nothing_left()
