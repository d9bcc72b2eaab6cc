# SPDX-License-Identifier: GPL-2.0-or-later
"""RTP and RTCP on one port (rtcp-mux): both take the fast path, and reports are read."""
import struct

from lib import check, fast, sip
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)


def mux(addr, port):
    return sip.sdp(addr, port, attributes=["a=rtcp-mux"])


def report(src, about, lost):
    """Somebody who sends tells how he hears somebody else."""
    return struct.pack("!BBHIQIII", 0x81, 200, 12, src.source.ssrc, 0, 0, 0, 0) + \
        struct.pack("!IBBHIIII", about.source.ssrc, lost, 0, 7, 0, 0, 0, 0)


def exchange(talk, lost):
    for src, dst in ((talk.one, talk.two), (talk.two, talk.one)):
        for data in (src.source.packet(), report(src, dst, lost), src.source.packet()):
            src.rtp.send(data, src.peer.rtp)
            dst.rtp.expect(data, dst.peer.rtp, "RTP or RTCP")


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider, descriptions=(mux(phone.addr, 4000), mux(provider.addr, 40000)))
    talk.one.rtcp, talk.two.rtcp = talk.one.rtp, talk.two.rtp
    exchange(talk, 0)
    fast.settle()
    exchange(talk, 0)
    fast.wait(net)
    net.shows(fast_promoted=2)
    before = fast.directions(net)
    check.equal(fast.moved(net, lambda: exchange(talk, 64)), [(3, 3)] * 2, "counted, fast")
    for old, new in zip(before, fast.directions(net)):
        check.equal(new["rtp"]["lost"], 0, "lost")
        check.equal(new["rtp"]["expected"] - old["rtp"]["expected"], 2, "expected")
        check.equal(new["report"]["fraction_permille"], 250, "fraction lost, as reported")
    net.shows(fast_not_media=0)
    talk.call.bye()
    net.shows(fast_demoted=2)
    net.nothing_left()
