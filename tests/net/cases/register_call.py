# SPDX-License-Identifier: GPL-2.0-or-later
"""A call to a registered phone, from the registrar's port.

phone ── REGISTER, 200 ── provider; provider ── INVITE to the Contact ── phone.
"""
from lib import check
from lib.register import register
from lib.ua import Agent, Talk

PLANS = ("ip4", "ip6", "nat66", "watch-routed")


def run(net):
    phone, provider = Agent(net.phone, "anna"), Agent(net.provider, "bob")
    contact = register(phone, provider)
    check.equal(contact, (phone.face, 5060), "registered contact")
    net.shows(registrations=1, pinholes=1, registration_new=1)
    talk = Talk(provider, phone, (40000, 4000), target=contact)
    net.shows(calls=1, streams=1)
    talk.speak()
    talk.call.bye()
    net.shows(calls=0, streams=0, registrations=1, pinholes=1)
