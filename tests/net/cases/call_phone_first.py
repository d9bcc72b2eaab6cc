# SPDX-License-Identifier: GPL-2.0-or-later
"""An outbound call with RTP and RTCP both ways; the phone speaks first.

phone ── INVITE, 180, 200, ACK ── provider, then media, then BYE. Addresses of
both descriptions hold on the wire; nothing is left afterwards.
"""
from lib import check
from lib.ua import Agent, Talk

PLANS = ("ip4", "ip6", "nat66", "watch-routed", "routed", "watch6")


def run(net):
    phone, provider = Agent(net.phone, "anna"), Agent(net.provider, "bob")
    talk = Talk(phone, provider)
    line, = talk.call.invite_got.media
    check.equal(line.addr, phone.face, "address in the offer")
    net.in_pool(line.port)
    net.shows(calls=1, streams=1, pinholes=2, ports=1, call_new=1, media_new=1)
    talk.speak()
    talk.speak()
    talk.call.bye()
    net.nothing_left()
