# SPDX-License-Identifier: GPL-2.0-or-later
"""SIP in packets that look unusual: with IP options or extension headers, without
a UDP checksum.

They are translated like any other, and a call works; the options stay.
"""
import socket

from lib import check
from lib.capture import Capture
from lib.ua import Talk, pair

PLANS = ("ip4", "nat66")
SO_NO_CHECK = 11
IPV6_DSTOPTS = 59
NOPS = b"\x01\x01\x01\x01"
# Next header and length, filled in by the kernel; an option that nobody knows.
PADDING = b"\0\0\x1e\x04\0\0\0\0"


def run(net):
    phone, provider = pair(net)
    if net.plan.family == 4:
        for end in (phone, provider):
            end.sock.setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, NOPS)
    else:
        for end in (phone, provider):
            end.sock.setsockopt(socket.IPPROTO_IPV6, IPV6_DSTOPTS, PADDING)
    capture = Capture(net.provider)
    talk = Talk(phone, provider)
    talk.speak()
    check.equal(talk.call.invite_got.media[0].addr, net.public, "address in the offer")
    if net.plan.family == 4:
        packets = [packet for packet in capture.packets() if packet.head == 24]
        check.true(len(packets) >= 2, "no packet has options")
        for packet in packets:
            packet.judge()
    talk.call.bye()
    net.nothing_left()
    talk.close()

    if net.plan.family == 4:
        for end in (phone, provider):
            end.sock.setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, b"")
            end.sock.setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 1)
        talk = Talk(phone, provider)
        talk.speak()
        talk.call.bye()
        net.nothing_left()
