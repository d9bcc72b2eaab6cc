# SPDX-License-Identifier: GPL-2.0-or-later
"""RTP and RTCP: endpoints that send to where they were told."""
import itertools
import struct

from . import check

_seq = itertools.count(1)


class Source:
    """Who sends RTP: 20 ms of PCMU each; no two packets of anybody are alike."""

    def __init__(self, payload=0):
        self.ssrc, self.seq, self.payload = next(_seq), 0, payload

    def packet(self, seq=None, payload=None, stamp=None):
        """The next one, or the one with this number."""
        if seq is None:
            seq = self.seq
            self.seq += 1
        return struct.pack("!BBHII", 0x80, self.payload if payload is None else payload,
                           seq & 0xffff, (seq * 160 if stamp is None else stamp) & 0xffffffff,
                           self.ssrc) + struct.pack("!II", self.ssrc, seq) * 20


def packet():
    """One of somebody who sends no other."""
    return Source().packet()


def report():
    """An empty receiver report."""
    return struct.pack("!BBHI", 0x80, 201, 1, next(_seq))


class Endpoint:
    """A pair of ports, and where the other side is, as far as one was told."""

    def __init__(self, host, port, rtcp_port=None, addr=None):
        self.rtp = host.udp(port, addr)
        self.rtcp = host.udp(rtcp_port or port + 1, addr)
        self.peer = None
        self.source = Source()

    def told(self, media):
        """By a line of a description that was received."""
        self.peer = media

    def close(self):
        self.rtp.close()
        self.rtcp.close()


def one_way(src, dst, count=3, rtcp=True):
    """Packets arrive, unchanged, from the address that the receiver was told."""
    for _ in range(count):
        data = src.source.packet()
        src.rtp.send(data, src.peer.rtp)
        dst.rtp.expect(data, dst.peer.rtp, "RTP")
    if rtcp:
        data = report()
        src.rtcp.send(data, src.peer.rtcp)
        dst.rtcp.expect(data, dst.peer.rtcp, "RTCP")


def both_ways(first, second, **more):
    one_way(first, second, **more)
    one_way(second, first, **more)


def deaf(src, dst, what="RTP"):
    """What is sent to where one was told does not arrive."""
    src.rtp.send(src.source.packet(), src.peer.rtp)
    dst.rtp.quiet(what)
