# SPDX-License-Identifier: GPL-2.0-or-later
"""A registered phone is reached from another port of the registrar.

The INVITE meets no connection; the registration lets it in, and its headers are
translated. From another address, or to another port, nobody comes in.
"""
from lib import check
from lib.register import register
from lib.ua import Agent, Call, Talk, pair

PLANS = ("ip4", "ip6", "nat66", "watch-routed")


def run(net):
    phone, provider = pair(net)
    contact = register(phone, provider)
    other = Agent(net.provider, "bob", 5080)
    talk = Talk(other, phone, (40000, 4000), target=contact)
    check.equal(talk.call.b.got.source, other.at, "source at the phone")
    check.true(f"@{phone.name}" in talk.call.invite_got.start, "Request-URI is not the phone")
    net.shows(calls=1, streams=1, pinhole_stranger=0)
    talk.speak()
    # The way back is translated as well: the caller sees the mapping.
    check.equal(talk.call.a.target, contact, "Contact of the phone")
    talk.call.bye()

    stranger = Agent(net.stranger, "eve")
    Call(stranger, phone, target=contact).a.request("INVITE")
    phone.quiet("INVITE of a stranger")
    net.shows(pinhole_stranger=1)
    Call(other, phone, target=(contact[0], contact[1] + 2)).a.request("INVITE")
    phone.quiet("INVITE to another port")
