# SPDX-License-Identifier: GPL-2.0-or-later
"""MSRP beside text and fax (FIELD 16): what has no mapping keeps its port and path.

m=text and T.38 get ports of the pool and flow. MSRP runs over TCP: its line is
counted and left, its path byte for byte, because parties compare it (RFC 4975);
RFC 6714 has a router in between look at c= and m= only.
"""
from lib import check, rtp, sip
from lib.ua import Call, pair

HELPERS = ("sipfast",)
PLANS = ("ip4", "nat66")


def run(net):
    phone, provider = pair(net)
    path = f"a=path:msrp://{phone.name}:7654/jshA7we;tcp"
    call = Call(phone, provider)
    offer, answer = call.establish(
        sip.sdp(phone.addr, media=["m=message 7654 TCP/MSRP *", "a=accept-types:*", path,
                                   "m=text 4000 RTP/AVP 98", "m=image 4010 udptl t38"]),
        sip.sdp(provider.addr, media=["m=message 0 TCP/MSRP *", "m=text 40000 RTP/AVP 98",
                                      "m=image 40010 udptl t38"]))
    message, text, image = offer.media
    check.equal(message.rtp, (phone.face, 7654), "MSRP at the provider")
    check.true(f"{path}\r\n".encode() in offer.body, "the path was edited")
    # That of the answer is refused: port 0 is not counted.
    net.shows(media_transport=1, streams=2, ports=2)
    for line, back, port, rtcp in ((text, answer.media[1], 4000, True),
                                   (image, answer.media[2], 4010, False)):
        net.in_pool(line.port)
        one, two = rtp.Endpoint(net.phone, port), rtp.Endpoint(net.provider, 36000 + port)
        one.told(back)
        two.told(line)
        rtp.both_ways(two, one, rtcp=rtcp)
    call.bye()
    net.nothing_left()
