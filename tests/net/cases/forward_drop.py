# SPDX-License-Identifier: GPL-2.0-or-later
"""Nobody comes in unasked: forwarding drops what no call or registration opened.

An INVITE to the router's address, to where a phone's mapping is, to the phone's
own address by a route that somebody outside has set; media to the whole pool.
"""
from lib import rtp
from lib.ua import Agent, Call, Leg, pair

PLANS = ("ip4", "ip6", "nat66")


def run(net):
    phone, provider = pair(net)
    media = net.phone.udp(4000)
    stranger = Agent(net.stranger, "eve")
    if net.plan.nat:
        net.route_inside()
    for target in ((phone.face, 5060), (phone.addr, 5060)):
        Call(stranger, phone, target=target).a.request("INVITE")
    phone.quiet("an unsolicited INVITE")

    # The phone's own flow with its provider is no door for others.
    Leg(phone, provider, "x@y").request("OPTIONS")
    _, way = provider.receive("OPTIONS")
    Call(stranger, phone, target=way).a.request("INVITE")
    Call(Agent(net.provider, "bob", 5070), phone, target=way).a.request("INVITE")
    phone.quiet("an INVITE to the mapping of another flow")

    sender = net.stranger.udp(40000)
    for port in range(10000, 32768, 251):
        sender.send(rtp.packet(), (phone.face, port))
    sender.send(rtp.packet(), media.at)
    media.quiet("unsolicited media")
    net.shows(pinhole_expected=0, pinhole_lookup=0, streams=0)
