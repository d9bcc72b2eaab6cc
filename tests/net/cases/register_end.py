# SPDX-License-Identifier: GPL-2.0-or-later
"""A registration ends: with Expires: 0, with `Contact: *`, or when its time is up.

Whatever ends it, a new caller does not reach the phone any more, and nothing is
left in the tables.
"""
from lib import check
from lib.register import Registration
from lib.ua import Agent, Call, pair

PLANS = ("ip4", "ip6", "nat66")


def closed(phone, caller, contact):
    Call(caller, phone, target=contact).a.request("INVITE")
    phone.quiet("INVITE after the registration's end")


def run(net):
    phone, provider = pair(net)
    callers = [Agent(net.provider, "bob", port) for port in (5081, 5082, 5083)]

    reg = Registration(phone, provider)
    contact, _ = reg.refresh()
    net.shows(registrations=1, pinholes=1)
    reg.refresh(0)
    net.shows(registrations=0, pinholes=0)
    closed(phone, callers[0], contact)

    contact, _ = reg.refresh()
    net.shows(registrations=1, pinholes=1)
    reg.leg.contact = "*"
    reg.answer(reg.ask(0), expires=0)
    net.shows(registrations=0, pinholes=0)
    closed(phone, callers[1], contact)

    reg = Registration(phone, provider)
    contact, _ = reg.refresh(1)
    net.shows(registrations=1, pinholes=1)
    if net.ours:
        check.until(lambda: not net.stats()["registrations"], "the registration expires")
    else:
        check.until(lambda: not net.expectations(), "the expectation expires")
    closed(phone, callers[2], contact)
    net.shows(registrations=0, pinholes=0)
