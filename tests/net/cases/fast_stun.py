# SPDX-License-Identifier: GPL-2.0-or-later
"""STUN, DTLS and ZRTP on a port whose RTP is in the fast path go through the stack.

Both ways, and to the bit; they are counted, and RTP before and after them is fast.
"""
import struct

from lib import check, fast
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)
COOKIE = 0x2112a442
OTHERS = (
    struct.pack("!HHI12s", 1, 0, COOKIE, b"binding req."),
    struct.pack("!HHI12s", 0x101, 12, COOKIE, b"binding res.") + b"\0\x20\0\x08\0\1abcdef",
    b"\x16\xfe\xfd\0\0\0\0\0\0\0\1\0\x04" + b"DTLS",
    b"\x17\xfe\xfd\0\1\0\0\0\0\0\1\0\x04" + b"DTLS",
    b"\x10\0\0\1ZRTP" + b"z" * 20,
    # A keepalive of nothing, and of less than any header.
    b"", b"\0", b"\r\n\r\n",
    # As long as a header, and with a version that is not RTP's.
    b"\xc0\0" + b"x" * 30,
)


def others(talk):
    for data in OTHERS:
        for src, dst in ((talk.one, talk.two), (talk.two, talk.one)):
            src.rtp.send(data, src.peer.rtp)
            dst.rtp.expect(data, dst.peer.rtp, f"{data[:4]!r} on RTP's port")


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    before, many = fast.directions(net), len(OTHERS)
    check.equal(fast.moved(net, lambda: others(talk)), [(many, 0)] * 2, "counted, fast")
    net.shows(fast_not_media=2 * many)
    for old, new in zip(before, fast.directions(net)):
        check.true(new["promoted"], "STUN took RTP out of the fast path")
        check.equal(new.get("declined"), "fast-not-media", "reason")
        check.equal(new["other_packets"] - old["other_packets"], many, "not RTP")
        check.equal(new["rtp"], old["rtp"], "statistics of RTP")
    fast.takes(net, talk)
    for way in fast.directions(net):
        check.equal(way.get("declined"), None, "reason after RTP")
        check.equal(way["rtp"]["lost"], 0, "lost")
    net.shows(fast_demoted=0)
    talk.call.bye()
    net.nothing_left()
