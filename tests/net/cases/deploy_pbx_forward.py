# SPDX-License-Identifier: GPL-2.0-or-later
"""A PBX behind a port forward, by the shipped rules' lines for it.

Its trunk, which goes by addresses and not by registration, calls the router's
address and is called; a phone outside registers at the PBX, calls it and is
called, at a port of its own. Contact, Record-Route, Via and SDP of the PBX are
translated; media comes in from those who were named only, and ends with the call.
A phone inside that is with the same provider, on port 5060 too, is not in the way.
"""
from lib.pbx import Pbx
from lib.register import register
from lib.ua import Agent, Talk

PLANS = ("ip4",)


def run(net):
    net.forward_to_pbx()
    pbx = Pbx(net, (net.public, 5060))
    pbx.run()

    phone = Agent(net.phone, "anna")
    contact = register(phone, pbx.trunk)
    pbx.call_in(pbx.trunk, registrations=1, pinholes=1)
    pbx.call_out(pbx.trunk, registrations=1, pinholes=1)
    talk = Talk(pbx.trunk, phone, (40000, 4000), target=contact)
    talk.speak()
    talk.call.bye()
    net.nothing_left(registrations=1, pinholes=1)
