# SPDX-License-Identifier: GPL-2.0-or-later
"""Refresh, challenge, second registration: none takes the pinhole away (FIELD 21).

A 401 or 423 to a refresh changes nothing; a registration of another phone, or
of another user, does not evict the first; the 200 gives the phone its own
Contact back, and other bindings as they are.
"""
from lib import check
from lib.register import Registration, register
from lib.ua import Agent, Talk, pair

PLANS = ("ip4", "ip6", "nat66")


def reachable(phone, provider, contact, ports):
    talk = Talk(provider, phone, ports, target=contact)
    talk.speak()
    talk.call.bye()
    talk.close()


def run(net):
    phone, provider = pair(net)
    outside = Agent(net.provider, "carl", 5080)
    reg = Registration(phone, provider)

    # The first REGISTER is challenged: nothing is learned of it yet.
    reg.answer(reg.ask(), 401)
    net.shows(pinholes=0, registration_new=0)
    contact, answer = reg.refresh()
    check.equal(answer.all("Contact"), [phone.contact + ";expires=600"], "Contact in the 200")
    net.shows(registrations=1, pinholes=1, registration_new=1)
    reachable(phone, outside, contact, (40000, 4000))

    for status in (401, 423, 503):
        reg.answer(reg.ask(), status)
        reachable(phone, outside, contact, (40000, 4000))
    net.shows(registrations=1, pinholes=1, registration_new=1)

    # Other bindings of the same user are not ours to touch.
    msg = reg.ask()
    others = [net.text("<sip:anna@192.0.2.9:5060>;expires=30"),
              net.text("<sip:anna@203.0.113.1:5099>;expires=40")]
    answer = reg.answer(msg, contacts=[f"{others[0]}, {msg.get('Contact')};expires=600",
                                       others[1]])
    check.equal(answer.all("Contact"), [f"{others[0]}, {phone.contact};expires=600", others[1]],
                "bindings in the 200")

    phone2 = Agent(net.phone2, "berta")
    contact2 = register(phone2, provider)
    check.true(contact2 != contact, "two phones on one mapping")
    net.shows(registrations=2, pinholes=2)
    reachable(phone2, outside, contact2, (40002, 4000))
    reachable(phone, outside, contact, (40004, 4000))

    # Conntrack forgets the flows: the registrations let the calls in.
    net.flush()
    reachable(phone, provider, contact, (40006, 4000))
    reachable(phone2, provider, contact2, (40008, 4000))
    net.shows(registrations=2, pinholes=2)
