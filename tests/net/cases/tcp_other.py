# SPDX-License-Identifier: GPL-2.0-or-later
"""A TCP connection whose first bytes are not SIP is never read.

Neither TLS nor a web form that holds an INVITE at the beginning of a segment: so
nobody slips through who makes a browser send one.
"""
from lib import check, sip
from lib.tcp import connect
from lib.ua import Agent, Leg

PLANS = ("ip4", "ip6")
BEGINNINGS = (b"POST / HTTP/1.1\r\nHost: x\r\n\r\n", b"POST /" + b"x" * 1200,
              bytes.fromhex("1603010200010001fc0303"), b"\r\n\r\nGET / HTTP/1.1\r\n", b"GET",
              bytes(100), b"INVITES sip:x@y SIP/2", b"\xff")


def run(net):
    phone, provider = Agent(net.phone, "anna"), Agent(net.provider, "bob")
    invite = Leg(phone, provider, "slip@x").make("INVITE", sip.sdp(phone.addr, 4000))
    for number, begin in enumerate(BEGINNINGS, 1):
        one, two = connect(net.phone, net.provider)
        one.pieces(begin, invite)
        two.pieces(invite)
        one.same(f"the stream that begins with {begin[:20]!r}")
        two.same()
        net.shows(calls=0, sip_seen=0, tcp_other=number)
    # A keepalive says nothing yet; a method does, even half of it.
    for number, begin in enumerate((b"\r\n\r\n", b"\r\n", b"INVI", b"SIP", b"S")):
        one, two = connect(net.phone, net.provider)
        one.pieces(begin, invite[4:] if begin == b"INVI" else invite)
        one.pieces(invite)
        if net.ours:
            check.true(net.stats()["sip-seen"] > number, f"nothing seen after {begin!r}")
    net.shows(tcp_other=len(BEGINNINGS))
