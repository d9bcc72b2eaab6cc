# SPDX-License-Identifier: GPL-2.0-or-later
"""Packets with IP options, extension headers, or in fragments are not for the fast path.

They go through the stack and arrive, and what is plain stays fast beside them.
"""
import socket

from lib import check, fast, rtp
from lib.capture import Capture
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)
IPV6_DSTOPTS = 59
NOPS = b"\x01\x01\x01\x01"
# Next header and length, filled in by the kernel; an option that nobody knows.
PADDING = b"\0\0\x1e\x04\0\0\0\0"
IP_MTU_DISCOVER, IPV6_MTU_DISCOVER, DONT = 10, 23, 0


def options(net, end, on):
    if net.plan.family == 4:
        end.rtp.sock.setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, NOPS if on else b"")
    else:
        end.rtp.sock.setsockopt(socket.IPPROTO_IPV6, IPV6_DSTOPTS, PADDING if on else b"")


def with_options(net, talk):
    captures = [Capture(net.provider), Capture(net.phone)]
    for end in (talk.one, talk.two):
        options(net, end, True)
    moved = fast.moved(net, lambda: rtp.both_ways(talk.one, talk.two, rtcp=False))
    check.equal(moved, [(3, 0)] * 2, "counted, fast")
    for capture in captures:
        # One of IPv6 is not UDP's at first sight.
        heads = [packet.head for packet in capture.packets()]
        check.equal(heads, [24] * 3 if net.plan.family == 4 else [], "lengths of IP's headers")
    for end in (talk.one, talk.two):
        options(net, end, False)


def in_fragments(net, talk):
    def send():
        for src, dst in ((talk.one, talk.two), (talk.two, talk.one)):
            if net.plan.family == 4:
                src.rtp.sock.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, DONT)
            else:
                src.rtp.sock.setsockopt(socket.IPPROTO_IPV6, IPV6_MTU_DISCOVER, DONT)
            for length in (1500, 4000):
                data = src.source.packet().ljust(length, b"x")
                src.rtp.send(data, src.peer.rtp)
                dst.rtp.expect(data, dst.peer.rtp, "RTP in pieces")
    check.equal(fast.moved(net, send), [(2, 0)] * 2, "counted, fast")


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    for what in (with_options, in_fragments):
        what(net, talk)
        fast.takes(net, talk)
    net.shows(fast_demoted=0)
    talk.call.bye()
    net.nothing_left()
