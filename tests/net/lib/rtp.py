# SPDX-License-Identifier: GPL-2.0-or-later
"""RTP and RTCP: endpoints that send to where they were told."""
import itertools
import struct

from . import check

_seq = itertools.count(1)


def packet():
    """20 ms of PCMU; no two are alike."""
    seq = next(_seq) & 0xffff
    return struct.pack("!BBHII", 0x80, 0, seq, seq * 160, 0x51bfa57) + bytes([seq & 0xff]) * 160


def report():
    """An empty receiver report."""
    return struct.pack("!BBHI", 0x80, 201, 1, next(_seq))


class Endpoint:
    """A pair of ports, and where the other side is, as far as one was told."""

    def __init__(self, host, port, rtcp_port=None, addr=None):
        self.rtp = host.udp(port, addr)
        self.rtcp = host.udp(rtcp_port or port + 1, addr)
        self.peer = None

    def told(self, media):
        """By a line of a description that was received."""
        self.peer = media

    def close(self):
        self.rtp.close()
        self.rtcp.close()


def one_way(src, dst, count=3, rtcp=True):
    """Packets arrive, unchanged, from the address that the receiver was told."""
    for _ in range(count):
        data = packet()
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
    src.rtp.send(packet(), src.peer.rtp)
    dst.rtp.quiet(what)
