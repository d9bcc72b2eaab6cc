# SPDX-License-Identifier: GPL-2.0-or-later
"""Host names in o= and c=, and IPv6 descriptions over IPv4 (FIELD 4).

Each message arrives. A name in o= keeps nothing from working; media at a name,
or of the other IP version, is not opened, and that is counted.
"""
from lib import check, rtp, sip
from lib.ua import Call, pair


def run(net):
    phone, provider = pair(net)

    call = Call(phone, provider)
    body = sip.sdp(phone.addr, 4000, origin="anna.example.com")
    offer, answer = call.establish(body, sip.sdp(provider.addr, 40000, origin="bob.example.com"))
    check.true(b"o=- 1 1 IN IP4 anna.example.com\r\n" in offer.body, "o= is not as it was")
    one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.provider, 40000)
    one.told(answer.media[0])
    two.told(offer.media[0])
    rtp.both_ways(two, one)
    call.bye()
    net.nothing_left()

    family = 0
    for addr, kind in (("anna.example.com", "IP4"), ("2001:db8::10", "IP6")):
        call = Call(phone, provider)
        body = sip.sdp(addr, 4000, kind=kind)
        offer, answer = call.establish(body, sip.sdp(provider.addr, 40000))
        check.same_bytes(offer.body, body, f"description at {addr}")
        family += 1
        net.shows(calls=1, streams=0, ports=0, media_family=family)
        call.bye()
    net.nothing_left()
