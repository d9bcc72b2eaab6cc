# SPDX-License-Identifier: GPL-2.0-or-later
"""A description inside a multipart body (FIELD 8): Content-Length counts it all."""
from lib import check, rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "nat66")

TYPE = ("Content-Type", 'multipart/mixed;boundary="b 1"')


def wrap(body):
    return (b"preamble\r\n--b 1\r\nContent-Type: text/plain\r\n\r\nI am at 192.168.1.10\r\n"
            b"--b 1\r\nContent-Type: application/sdp\r\nContent-Disposition: session\r\n\r\n" +
            body + b"\r\n--b 1\r\nContent-Type: application/pidf+xml\r\n\r\n"
            b"<presence entity='sip:anna@192.168.1.10'/>\r\n--b 1--\r\n")


def run(net):
    phone, provider = pair(net)
    own, public = (net.text(f"IN IP4 {a}") for a in ("192.168.1.10", "203.0.113.1"))
    call = Call(phone, provider)
    sent = wrap(sip.sdp(phone.addr, 4000))
    got = call.invite(sent, extra=[TYPE])
    text = got.body.partition(b"v=0")[2]
    port = int(text.partition(b"m=audio ")[2].partition(b" ")[0])
    net.in_pool(port)
    check.same_bytes(got.body, sent.replace(own.encode(), public.encode())
                     .replace(b"audio 4000", b"audio %d" % port), "body at the provider")
    answer = call.respond(200, sip.sdp(provider.addr, 40000))
    call.ack()
    one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.provider, 40000)
    one.told(answer.media[0])
    two.told(sip.Media(f"m=audio {port} RTP/AVP 0", phone.face))
    rtp.both_ways(two, one)
    call.bye()
    net.nothing_left()
