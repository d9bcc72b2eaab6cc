# SPDX-License-Identifier: GPL-2.0-or-later
"""Packets that are longer than the next link can take are given back to the stack.

It cuts them, or tells the sender when they must not be cut; one that just fits
is forwarded as ever.
"""
import socket

from lib import check, fast, rtnl
from lib.capture import Capture
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)
MTU = 1400
IP_MTU_DISCOVER, IPV6_MTU_DISCOVER = 10, 23
DONT, PROBE = 0, 3
TOO_BIG = {4: (3, 4), 6: (2, 0)}


def cut(net, end, how):
    """May it be cut? PROBE: no, and the sender believes nobody about it."""
    if net.plan.family == 4:
        end.rtp.sock.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, how)
    else:
        end.rtp.sock.setsockopt(socket.IPPROTO_IPV6, IPV6_MTU_DISCOVER, how)


def send(net, end, length):
    """RTP that makes a packet of that length."""
    head = 28 if net.plan.family == 4 else 48
    data = end.source.packet().ljust(length - head, b"x")
    end.rtp.send(data, end.peer.rtp)
    return data


def fits(net, talk):
    def whole():
        data = send(net, talk.one, MTU)
        talk.two.rtp.expect(data, talk.two.peer.rtp, "RTP that just fits")
    check.equal(fast.moved(net, whole)[0], (1, 1), "counted, fast")


def is_cut(net, talk):
    before = net.stats()["fast-mtu"]

    def pieces():
        data = send(net, talk.one, MTU + 1)
        talk.two.rtp.expect(data, talk.two.peer.rtp, "RTP in pieces")
    check.equal(fast.moved(net, pieces)[0], (1, 0), "counted, fast")
    net.shows(fast_mtu=before + 1)


def is_told(net, talk):
    before = net.stats()["fast-mtu"]
    capture = Capture(net.phone)
    send(net, talk.one, MTU + 1)
    talk.two.rtp.quiet("RTP that is too long")
    errors = capture.errors()
    check.equal(len(errors), 1, "errors")
    errors[0].judge()
    check.equal(tuple(errors[0].udp[:2]), TOO_BIG[net.plan.family], "type of the error")
    check.equal(int.from_bytes(errors[0].udp[4:8], "big"), MTU, "MTU that it tells")
    check.equal(errors[0].quote.source, talk.one.rtp.at, "whom it is about")
    net.shows(fast_mtu=before + 1)


def run(net):
    with net.router:
        rtnl.mtu("wan", MTU)
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    cut(net, talk.one, DONT)
    fits(net, talk)
    if net.plan.family == 4:
        is_cut(net, talk)
    cut(net, talk.one, PROBE)
    fits(net, talk)
    is_told(net, talk)
    fast.takes(net, talk)

    # A link that comes to take less, in the middle of the call.
    cut(net, talk.one, PROBE)
    with net.router:
        rtnl.mtu("wan", MTU - 100)
    check.equal(fast.promoted(net), [False, False], "promoted over a link that is not the same")
    fast.promote(net, talk)
    capture = Capture(net.phone)
    send(net, talk.one, MTU)
    talk.two.rtp.quiet("RTP that was not too long before")
    check.equal(len(capture.errors()), 1, "errors")
    fast.takes(net, talk)
    talk.call.bye()
    net.nothing_left()
