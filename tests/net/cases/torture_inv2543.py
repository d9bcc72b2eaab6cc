# SPDX-License-Identifier: GPL-2.0-or-later
"""RFC 4475's INVITE of the days of RFC 2543 makes a call (FIELD 6).

No branch, no Max-Forwards, no Contact, no tag, no Content-Length, and a c= that
stands in the media only: it arrives translated, and its media flows.
"""
from lib import check, rtp, sip
from lib.ua import pair

PLANS = ("ip4", "nat66")

ANSWERED = ("Via", "From", "To", "Call-ID", "CSeq")


def message(net):
    own = net.text("192.168.1.10")
    head = [("Via", f"SIP/2.0/UDP {own}"), ("From", "<sip:caller@example.net>"),
            ("To", "<sip:bob@example.com>"), ("Call-ID", "inv2543.1717@example.com"),
            ("CSeq", "56 INVITE"), ("Content-Type", "application/sdp")]
    lines = ["v=0", net.text("o=mhandley 29739 7272939 IN IP4 192.168.1.10"), "s=-", "t=0 0",
             "m=audio 49217 RTP/AVP 0", net.text("c=IN IP4 192.168.1.10")]
    return sip.build("INVITE sip:bob@example.com SIP/2.0", head,
                     "".join(line + "\r\n" for line in lines).encode(), False)


def run(net):
    phone, provider = pair(net)
    sent = message(net)
    phone.send(sent, provider.at)
    got = provider.message("INVITE")
    line, = got.media
    net.in_pool(line.port)
    check.same_bytes(got.data, sip.translated(
        sent, *((net.text(at + "192.168.1.10"), net.text(at + "203.0.113.1"))
                for at in ("UDP ", "IP4 ")), ("audio 49217", f"audio {line.port}")), "INVITE")
    answer = sip.build("SIP/2.0 200 OK", [(name, got.get(name)) for name in ANSWERED] +
                       [("Content-Type", "application/sdp")], sip.sdp(provider.addr, 40000))
    provider.send(answer, got.source)
    got = phone.message("a 200")
    check.equal(got.get("Via"), net.text("SIP/2.0/UDP 192.168.1.10"), "Via of the 200")
    one, two = rtp.Endpoint(net.phone, 49217), rtp.Endpoint(net.provider, 40000)
    one.told(got.media[0])
    two.told(line)
    rtp.both_ways(two, one)
