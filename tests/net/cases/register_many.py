# SPDX-License-Identifier: GPL-2.0-or-later
"""Several registrations of one socket, and several phones on one source port.

Two users of a phone and one at another registrar, over the same port; a second
phone with the same port. A challenge (407) or 423 to one, its un-REGISTER or its
`Contact: *` leaves the others; a Path in the REGISTER is translated and given back.
"""
from lib import check, sip
from lib.register import Registration, User
from lib.ua import Agent, Talk

PLANS = ("ip4", "ip6", "nat66")


def reaches(host, phone, contact, ports=iter(range(5100, 6000))):
    caller = Agent(host, "carl", next(ports))
    talk = Talk(caller, phone, (40000, 4000), target=contact)
    talk.speak()
    talk.call.bye()
    talk.close()
    caller.close()


def run(net):
    phone, provider = Agent(net.phone, "anna"), Agent(net.provider, "bob")
    other = Agent(net.provider2, "else")
    anna, alex, away = (User(phone, registrar, user) for registrar, user in
                        ((provider, "anna"), (provider, "alex"), (other, "away")))
    contact = anna.refresh()[0]
    check.equal(alex.refresh()[0], contact, "mapping of the same socket")
    away.refresh()
    net.shows(registrations=3, pinholes=2, registration_new=3)
    berta = Agent(net.phone2, "berta")
    second = Registration(berta, provider)
    at_second = second.refresh()[0]
    check.true(at_second != contact, "two phones on one mapping")
    net.shows(registrations=4, pinholes=3)

    for status in (407, 423, 401, 500):
        alex.answer(alex.ask(), status)
    net.shows(registrations=4, pinholes=3, registration_new=4)
    reaches(net.provider, phone, contact)

    alex.refresh(0)
    net.shows(registrations=3, pinholes=3)
    reaches(net.provider, phone, contact)
    reaches(net.provider, berta, at_second)
    away.leg.contact = "*"
    away.answer(away.ask(0), expires=0)
    net.shows(registrations=2, pinholes=2)
    reaches(net.provider, phone, contact)

    path = f"<sip:{sip.uri_host(phone.addr)}:5060;lr>"
    msg = anna.ask(extra_headers=[("Path", path), ("Supported", "path")])
    check.equal(sip.host_port(msg.get("Path")), contact, "Path at the registrar")
    anna.server.respond(msg, 200, contact=False, extra=[
        ("Contact", msg.get("Contact") + ";expires=600"), ("Path", msg.get("Path"))])
    check.equal(anna.leg.take_response(200).get("Path"), path, "Path in the 200")
    anna.leg.target = provider.at
    reaches(net.provider, phone, contact)
    anna.refresh(0)
    second.refresh(0)
    net.shows(registrations=0, pinholes=0, calls=0, ports=0)
