# SPDX-License-Identifier: GPL-2.0-or-later
"""Compact and folded headers, odd case and blanks: read, and kept as they are."""
from lib import check, sip
from lib.ua import pair

PLANS = ("ip4", "nat66")

BODY = sip.sdp("192.168.1.10", 4000).decode()
START = "INVITE sip:bob@198.51.100.6 SIP/2.0\r\n"
COMPACT = START + (
    "v: SIP/2.0/UDP 192.168.1.10:5060;branch=z9hG4bKc\r\n"
    "f: <sip:anna@example.com>;tag=a\r\n"
    "t: sip:bob@example.com\r\n"
    "i: compact@192.168.1.10\r\n"
    "CSeq: 1 INVITE\r\n"
    "m: <sip:anna@192.168.1.10>\r\n"
    "c: application/sdp\r\n"
    "l: %d\r\n"
    "\r\n")
FOLDED = START + (
    "VIA  :  SIP / 2.0 / UDP\r\n"
    "   192.168.1.10:5060 ;\r\n"
    "\tbranch = z9hG4bKf\r\n"
    "from:\"A\r\n"
    " B\" <sip:anna@example.com> ; tag = a\r\n"
    "TO: <sip:bob@example.com>\r\n"
    "call-ID:\r\n"
    "  folded@192.168.1.10\r\n"
    "CSEQ: 1\r\n"
    " INVITE\r\n"
    "CONTACT:\r\n"
    " <sip:anna@192.168.1.10:5060>\r\n"
    " ;q=1\r\n"
    "content-TYPE:   application/SDP\r\n"
    "content-length\t: %d\r\n"
    "\r\n")


def run(net):
    phone, provider = pair(net)
    for text in (COMPACT, FOLDED):
        body = net.text(BODY).encode()
        sent = (net.text(text) % len(body)).encode() + body
        phone.send(sent, provider.at)
        got, _ = provider.receive("INVITE")
        port = sip.media(got.partition(b"\r\n\r\n")[2])[0].port
        net.in_pool(port)
        want = sip.translated(
            sent, *((net.text(at + "192.168.1.10"), net.text(at + "203.0.113.1"))
                    for at in ("UDP ", "   ", "anna@", "IP4 ")),
            ("audio 4000", f"audio {port}"))
        check.same_bytes(got, want, "INVITE at the provider")
    net.shows(calls=2, ports=2)
