# SPDX-License-Identifier: GPL-2.0-or-later
"""Two conntrack zones with the same addresses in both.

One router between two networks that know nothing of each other: each has a phone,
a provider and a way out with the same addresses, and the calls have the same
Call-ID and tags. Each call is its own, with a port of its own, its media stays in
its zone, and a BYE in one ends that one.
"""
from lib import check, rtp, sip, zones
from lib.ua import Agent, Call

HELPERS = ("sipfast",)


def run(net):
    hosts = [(net.phone, net.provider), zones.second(net)]
    calls, ends = [], []
    for phone, provider in hosts:
        call = Call(Agent(phone, "anna"), Agent(provider, "bob"), call_id="same@example.com")
        if calls:
            call.a.tag, call.b.tag = calls[0].a.tag, calls[0].b.tag
        offer, answer = call.establish(sip.sdp(phone.addr, 4000), sip.sdp(provider.addr, 40000))
        one, two = rtp.Endpoint(phone, 4000), rtp.Endpoint(provider, 40000)
        one.told(answer.media[0])
        two.told(offer.media[0])
        calls.append(call)
        ends.append((one, two))
    net.shows(calls=2, streams=2, ports=2, pinholes=4)
    found = sorted(call.get("zone", 0) for call in net.tool("show", "calls")["calls"])
    check.equal(found, [1, 2], "zones of the calls")
    for one, two in ends:
        rtp.both_ways(two, one)
        rtp.both_ways(one, two)
    check.equal(net.heard(), [[6, 6], [2, 2]] * 2, "packets of the streams")

    calls[0].bye()
    net.shows(calls=1, streams=1, ports=1)
    rtp.both_ways(*ends[1])
    rtp.deaf(*ends[0][::-1], "RTP of the zone whose call ended")
    calls[1].bye()
    net.nothing_left()
