# SPDX-License-Identifier: GPL-2.0-or-later
"""Two phones behind one router that call each other through the provider."""
from . import rtp, sip
from .ua import Call


class Joined:
    """Anna calls Berta; what the provider gets on one leg, it sends on the other."""

    def __init__(self, net, anna, berta, provider, contact):
        self.one, self.two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.phone2, 4000)
        self.first = Call(anna, provider)
        offer = self.first.invite(sip.sdp(anna.addr, 4000))
        self.second = Call(provider, berta, target=contact, call_id=self.first.id)
        at_berta = self.second.invite(offer.body)
        self.second.respond(200, sip.sdp(berta.addr, 4000))
        self.second.ack()
        self.two.told(at_berta.media[0])

    def answer(self):
        answer = self.first.respond(200, self.second.a.got.body)
        self.first.ack()
        self.one.told(answer.media[0])

    def end(self):
        self.first.bye()
        self.second.bye()
        self.one.close()
        self.two.close()
