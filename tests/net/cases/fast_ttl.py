# SPDX-License-Identifier: GPL-2.0-or-later
"""Every hop takes one of the time to live, and who sees its end says so.

A packet that ends at the router is given back to the stack, which tells the sender;
one that ends behind it, there too.
"""
import socket

from lib import check, fast
from lib.capture import Capture
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)
TIME_EXCEEDED = {4: 11, 6: 3}


def set_ttl(net, end, hops):
    four = net.plan.family == 4
    end.rtp.sock.setsockopt(socket.IPPROTO_IP if four else socket.IPPROTO_IPV6,
                            socket.IP_TTL if four else socket.IPV6_UNICAST_HOPS, hops)


def hops(net, packet):
    return packet.data[8 if net.plan.family == 4 else 7]


def ends(net, talk, ttl, counted):
    """A packet that the sender, a phone, is told of."""
    capture = Capture(net.phone)
    before = net.stats()["fast-ttl"]
    set_ttl(net, talk.one, ttl)
    talk.one.rtp.send(talk.one.source.packet(), talk.one.peer.rtp)
    talk.two.rtp.quiet("a packet whose time is over")
    errors = capture.errors()
    check.equal(len(errors), 1, f"errors with a TTL of {ttl}")
    errors[0].judge()
    check.equal(errors[0].udp[0], TIME_EXCEEDED[net.plan.family], "type of the error")
    check.equal(errors[0].quote.source, talk.one.rtp.at, "whom it is about")
    check.equal(errors[0].quote.target, talk.one.peer.rtp, "where that went")
    net.shows(fast_ttl=before + counted)
    capture.close()


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    captures = [Capture(net.provider), Capture(net.phone)]
    for end in (talk.one, talk.two):
        set_ttl(net, end, 77)
    fast.takes(net, talk)
    for capture in captures:
        left = sorted(hops(net, packet) for packet in capture.packets())
        check.equal(left[-3:], [75] * 3, "what two hops left of 77")

    ends(net, talk, 1, 1)
    ends(net, talk, 2, 0)
    for ttl in (3, 255):
        set_ttl(net, talk.one, ttl)
        fast.takes(net, talk)
    # From outside: the isp takes one before.
    before = net.stats()["fast-ttl"]
    set_ttl(net, talk.two, 2)
    talk.two.rtp.send(talk.two.source.packet(), talk.two.peer.rtp)
    talk.one.rtp.quiet("a packet whose time is over")
    net.shows(fast_ttl=before + 1)
    set_ttl(net, talk.two, 3)
    fast.takes(net, talk)
    check.equal(fast.promoted(net), [True, True], "promoted")
    talk.call.bye()
    net.nothing_left()
