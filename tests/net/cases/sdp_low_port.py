# SPDX-License-Identifier: GPL-2.0-or-later
"""`m=audio 9`, and any port below 1024 (FIELD 5): passes, and opens nothing.

Port 9 waits for ICE; port 22 would be an attack on the router's inside
(slipstreaming). The port stays as written. Port 0 is a refused line.
"""
from lib import check, sip
from lib.ua import Call, pair

PLANS = ("ip4", "ip6", "nat66")


def run(net):
    phone, provider = pair(net)
    for number, port in enumerate((9, 22, 1023), 1):
        call = Call(phone, provider)
        offer, _ = call.establish(sip.sdp(phone.addr, port), sip.sdp(provider.addr, 40000))
        check.equal(offer.media[0].rtp, (phone.face, port), "the line at the provider")
        net.shows(calls=1, streams=0, ports=0, media_low_port=number)
        # Nor does the provider's answer open the phone's door.
        inside = net.phone.udp(port)
        net.provider.udp(40000).send(b"x", (phone.face, port))
        inside.quiet("a packet to a low port")
        net.provider.ports.pop().sock.close()
        call.bye()

    call = Call(phone, provider)
    body = sip.sdp(phone.addr, media=["m=audio 4000 RTP/AVP 0", "m=video 0 RTP/AVP 96"])
    answer = sip.sdp(provider.addr, media=["m=audio 40000 RTP/AVP 0", "m=video 0 RTP/AVP 96"])
    offer, _ = call.establish(body, answer)
    check.equal(offer.media[1].port, 0, "a line that was refused")
    net.shows(streams=1, ports=1)

    # The provider's low port is no better.
    other = Call(phone, provider)
    other.establish(sip.sdp(phone.addr, 4100), sip.sdp(provider.addr, 53))
    net.shows(streams=1, media_low_port=4)
    other.bye()
    call.bye()
    net.nothing_left()
