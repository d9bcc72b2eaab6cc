# SPDX-License-Identifier: GPL-2.0-or-later
"""A scanner outside fills no table: its INVITEs to the router begin no calls.

They come from addresses that the rules let nobody in from; each has a Call-ID of
its own, so that a call per INVITE would soon leave no room for real ones.
"""
from lib.ua import Agent, Call, Talk, pair

PLANS = ("ip4", "ip6", "nat66")

HELPERS = ("sipfast",)


def run(net):
    phone, provider = pair(net)
    stranger = Agent(net.stranger, "eve")
    for _ in range(3):
        Call(stranger, phone, target=(phone.face, 5060)).a.request("INVITE")
    phone.quiet("an unsolicited INVITE")
    net.shows(calls=0, call_new=0)
    Talk(phone, provider).speak()
