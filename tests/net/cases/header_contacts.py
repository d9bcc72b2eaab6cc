# SPDX-License-Identifier: GPL-2.0-or-later
"""Several Contacts, the first without a user part (FIELD 17).

All that name the phone are translated, in one line or in several; a foreign one
and a `*` stay.
"""
from lib import sip
from lib.ua import Leg, pair

PLANS = ("ip4", "nat66")


def run(net):
    phone, provider = pair(net)
    leg = Leg(phone, provider, "contacts@example.com")
    leg.contact = net.text("<sip:192.168.1.10>;q=1, "
                           "\"a, b\" <sip:anna@192.168.1.10:5060;ob>;q=0.5")
    extra = [("Contact", net.text("sip:192.168.1.10:5060")),
             ("Contact", net.text("<sip:anna@192.0.2.7:5060>")),
             ("Contact", "<tel:+49301>"), ("m", net.text("<sip:anna@192.168.1.10>"))]
    via, bare, user = ((net.text(at + "192.168.1.10"), net.text(at + "203.0.113.1"))
                       for at in ("UDP ", "sip:", "@"))
    sent = leg.request("OPTIONS", extra=extra)
    provider.expect(sip.translated(
        sent, via, bare, user), (net.public, 5060), "OPTIONS")

    star = Leg(phone, provider, "star@example.com")
    star.contact = "*"
    sent = star.request("REGISTER", extra=[("Expires", "0")])
    provider.expect(sip.translated(sent, via), None, "REGISTER")
