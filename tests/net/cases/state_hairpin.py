# SPDX-License-Identifier: GPL-2.0-or-later
"""A provider that proxies a call back to a second phone behind the same router.

Both legs have the same Call-ID and tags. Each is a call of its own; the media
goes by the provider's gateway. A BYE on one leg closes that one.
"""
from lib import rtp, sip
from lib.register import register
from lib.ua import Agent, Call

PLANS = ("ip4", "nat66")


def run(net):
    provider = Agent(net.provider, "proxy")
    anna, berta = Agent(net.phone, "anna"), Agent(net.phone2, "berta")
    register(anna, provider)
    contact = register(berta, provider)

    first = Call(anna, provider)
    offer_a = first.invite(sip.sdp(anna.addr, 4000))
    second = Call(provider, berta, target=contact, call_id=first.id)
    second.a.tag = first.a.tag
    first.b.tag = second.b.tag
    offer_b = second.invite(sip.sdp(net.gateway.addr, 40000))
    second.respond(200, sip.sdp(berta.addr, 4000))
    answer_b = second.a.got
    second.ack()
    answer_a = first.respond(200, sip.sdp(net.gateway.addr, 40010))
    first.ack()
    net.shows(calls=2, streams=2, ports=2)

    pairs = []
    for host, port, at_phone, at_gateway in ((net.phone, 40010, answer_a, offer_a),
                                             (net.phone2, 40000, offer_b, answer_b)):
        one, two = rtp.Endpoint(host, 4000), rtp.Endpoint(net.gateway, port)
        one.told(at_phone.media[0])
        two.told(at_gateway.media[0])
        rtp.both_ways(two, one)
        pairs.append((two, one))

    first.bye()
    net.shows(calls=1, streams=1, ports=1)
    rtp.both_ways(*pairs[1])
    rtp.deaf(*pairs[0], "RTP of the leg that ended")
    second.bye()
    net.nothing_left(registrations=2, pinholes=2)
