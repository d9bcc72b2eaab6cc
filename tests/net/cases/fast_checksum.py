# SPDX-License-Identifier: GPL-2.0-or-later
"""The fast path changes checksums, and mends none.

A packet whose checksum is wrong is counted and given back, arrives nowhere, and
is no part of a stream's statistics. No checksum stays none over IPv4. Those that
a device is to write out are right when it has.
"""
import socket

from lib import check, fast, rawudp, rtnl
from lib.capture import Capture
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)
SO_NO_CHECK = 11


def wrong(net, talk, counted=0, **how):
    """One packet each way that is not to arrive; `counted` of them are for a stream."""
    before = net.stats()["fast-checksum"]

    def send():
        for way in rawudp.ways(net, talk):
            way.send(way.src.source.packet(0), **how)
            way.dst.rtp.quiet("RTP with a wrong checksum")
    check.equal(fast.moved(net, send), [(counted, 0)] * 2, "counted")
    net.shows(fast_checksum=before + 2)
    check.equal(fast.promoted(net), [True, True], "promoted")


def right(net, talk):
    """The same with nothing wrong, so that the others have only one reason."""
    def send():
        for way in rawudp.ways(net, talk):
            data = way.src.source.packet(0)
            way.send(data)
            way.dst.rtp.expect(data, way.dst.peer.rtp, "RTP made by hand")
    check.equal(fast.moved(net, send), [(1, 1)] * 2, "counted, fast")


def none(net, talk):
    """Over IPv4 a sender may leave it out."""
    captures = [Capture(net.provider), Capture(net.phone)]
    for end in (talk.one, talk.two):
        for port in (end.rtp, end.rtcp):
            port.sock.setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 1)
    fast.takes(net, talk)
    for capture in captures:
        packets = capture.packets()
        check.equal(len(packets), 4, "packets captured")
        for packet in packets:
            check.equal(packet.udp[6:8], b"\0\0", "a checksum of none")
    for end in (talk.one, talk.two):
        for port in (end.rtp, end.rtcp):
            port.sock.setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 0)


def offloaded(net, talk):
    """The sender leaves it to its device, and the router's writes it out."""
    net.offload("phone", "provider")
    for dev in ("lan1", "wan"):
        with net.router:
            rtnl.tx_checksum(dev, False)
    captures = [Capture(net.isp, "wan"), Capture(net.phone)]
    fast.takes(net, talk)
    for capture in captures:
        packets = [packet for packet in capture.packets() if packet.src != net.isp.addr]
        check.equal(len(packets), 4, "packets captured")
        for packet in packets:
            packet.judge()


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    right(net, talk)
    for how in (1, 0x8000):
        wrong(net, talk, wrong=how)
    if net.plan.family == 4:
        wrong(net, talk, damage=1)
        none(net, talk)
    else:
        # Conntrack lets it pass, and the receiver does not.
        wrong(net, talk, counted=1, none=True)
    captures = [Capture(net.provider), Capture(net.phone)]
    fast.takes(net, talk)
    for capture in captures:
        packets = capture.packets()
        check.equal(len(packets), 4, "packets captured")
        for packet in packets:
            packet.judge()
    offloaded(net, talk)
    talk.call.bye()
    net.nothing_left()
