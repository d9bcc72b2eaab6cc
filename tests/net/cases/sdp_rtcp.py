# SPDX-License-Identifier: GPL-2.0-or-later
"""RTCP that goes elsewhere: a=rtcp with an address (RFC 3605; FIELD 16).

The phone's own address and port are translated together. Somebody else's stay as
they are, both of them: no port of ours is written beside a foreign address, and
nobody is let in to it.
"""
from lib import check, sip
from lib.ua import Call, pair

PLANS = ("ip4", "nat66")


def run(net):
    phone, provider = pair(net)
    kind, foreign = net.text("IP4 192.0.2.44").split()
    answer = sip.sdp(provider.addr, 40000)

    call = Call(phone, provider)
    offer, _ = call.establish(sip.sdp(phone.addr, 4000, attributes=[
        f"a=rtcp:4007 IN {kind} {phone.addr}"]), answer)
    line, = offer.media
    check.equal(line.rtcp, (phone.face, line.port + 1), "RTCP at the provider")
    net.shows(streams=2, media_rtcp=0)
    call.bye()

    call = Call(phone, provider)
    text = f"a=rtcp:4007 IN {kind} {foreign}"
    offer, _ = call.establish(sip.sdp(phone.addr, 4000, attributes=[text]), answer)
    check.true(f"{text}\r\n".encode() in offer.body, f"a foreign a=rtcp became {offer.body!r}")
    net.in_pool(offer.media[0].port)
    net.shows(streams=1, media_rtcp=1)
    call.bye()
    net.nothing_left()
