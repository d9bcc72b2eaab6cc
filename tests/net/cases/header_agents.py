# SPDX-License-Identifier: GPL-2.0-or-later
"""Several agents behind one connection: each gets its own form back.

A PBX writes some users with a port and others without, in one message and over
several. What the provider sends back names each as it named itself, whatever port
the mapping has; bindings of others in a 200 to REGISTER stay; From and To are the
same through the whole dialog, also in requests of the other side; a Record-Route
of the PBX comes back as its Route.
"""
from lib import check, sip
from lib.register import Registration
from lib.ua import Agent, Leg

PLANS = ("ip4", "nat66")


def registrations(net, phone, provider, other):
    """Two Contacts of the PBX in one binding, and one of somebody else."""
    reg = Registration(phone, provider, [f"<sip:anna@{phone.name}>",
                                         f"<sip:carl@{phone.hostport}>"])
    asked = reg.ask()
    check.true(phone.name not in asked.get("Contact"), f"Contact {asked.get('Contact')}")
    anna, carl = (part + ";expires=60" for part in asked.get("Contact").split(", "))
    theirs = f"<sip:anna@{sip.uri_host(other[0])}:{other[1]}>;expires=60"
    got = reg.answer(asked, contacts=[anna, theirs, carl])
    check.equal(got.all("Contact"), [f"<sip:anna@{phone.name}>;expires=60", theirs,
                                     f"<sip:carl@{phone.hostport}>;expires=60"],
                "Contacts in the 200")
    return asked.source


def asked_as(net, phone, provider, source, names):
    """Requests to what the provider knows arrive in the form that the PBX used."""
    seen = f"{sip.uri_host(source[0])}:{source[1]}"
    for user, name in names:
        sent = sip.build(f"OPTIONS sip:{user}@{seen} SIP/2.0", [
            ("Via", f"SIP/2.0/UDP {provider.hostport};branch=z9hG4bKx"),
            ("From", "<sip:bob@example.com>;tag=b"), ("To", f"<sip:{user}@example.com>"),
            ("Call-ID", f"{user}@{net.text('192.168.1.10')}"), ("CSeq", "1 OPTIONS")])
        provider.send(sent, source)
        phone.expect(sip.translated(sent, (f"{user}@{seen} SIP", f"{user}@{name} SIP")), None,
                     f"OPTIONS to {user}")


def dialog(phone, provider):
    """From and To with the PBX's own address; a route through it."""
    leg = Leg(phone, provider, "dialog@example.com")
    leg.local = f"<sip:dora@{phone.name}>"
    leg.request("SUBSCRIBE", extra=[("Record-Route", f"<sip:{phone.hostport};lr>"),
                                    ("Event", "dialog")])
    peer = Leg(provider, phone, leg.call_id)
    asked = peer.take_request("SUBSCRIBE")
    source = sip.uri_host(asked.source[0])
    check.true(asked.get("From").startswith(f"<sip:dora@{source}"), asked.get("From"))
    peer.respond(asked, 200)
    answer = leg.take_response(200)
    check.equal(answer.get("From"), f"{leg.local};tag={leg.tag}", "From of the answer")
    check.equal(answer.get("Record-Route"), f"<sip:{phone.hostport};lr>", "its route")

    # The other side's request has them the other way round.
    peer.remote = asked.get("From").partition(";tag=")[0]
    peer.request("NOTIFY", extra=[("Route", asked.get("Record-Route"))])
    told = leg.take_request("NOTIFY")
    check.equal(told.get("To"), f"{leg.local};tag={leg.tag}", "To of the NOTIFY")
    check.equal(told.get("Route"), f"<sip:{phone.hostport};lr>", "Route of the NOTIFY")
    leg.respond(told, 200)
    got = peer.take_response(200)
    check.equal(got.get("To"), f"{peer.remote};tag={leg.tag}", "To of its answer")


def run(net):
    provider = Agent(net.provider, "bob")
    phone, phone2 = Agent(net.phone, "anna"), Agent(net.phone2, "anna")
    other = (net.public, 61234)
    for one in (phone, phone2):
        source = registrations(net, one, provider, other)
        asked_as(net, one, provider, source, [("anna", one.name), ("carl", one.hostport)])
        dialog(one, provider)
        other = source
