# SPDX-License-Identifier: GPL-2.0-or-later
"""The uplink is PPPoE: media is promoted, and leaves by the device of PPP, both ways.

Its MTU is less than the phone's, and minded. When the session is gone, so is the
router's address: with it go calls that are translated to it; others go on by a new
session.
"""
import socket

from lib import check, fast, pppoe, rtnl, rtp
from lib.capture import Capture
from lib.topology import RULES
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)
IP_MTU_DISCOVER, IPV6_MTU_DISCOVER, PROBE = 10, 23, 3


def addresses(net, session):
    """Of both ends, and the ways over it."""
    where = net.plan.where
    with net.router:
        rtnl.address(session.one.name, net.public + where["prefix"])
        rtnl.default(where["isp"], session.one.name)
    with net.isp:
        rtnl.address(session.other.name, where["isp"] + where["prefix"])
        if not net.plan.nat:
            rtnl.default(net.public, session.other.name)


def uplink(net):
    """A session over the wire that has had the addresses."""
    where = net.plan.where
    with net.router:
        rtnl.default(where["isp"], "wan", on=False)
        rtnl.address("wan", net.public + where["prefix"], on=False)
    with net.isp:
        if not net.plan.nat:
            rtnl.default(net.public, "wan", on=False)
        rtnl.address("wan", where["isp"] + where["prefix"], on=False)
    session = pppoe.Session(net.router, "wan", net.isp, "wan")
    addresses(net, session)
    net.unload()
    rules = net.plan.rules(RULES.read_text(encoding="ascii"), net.helper)
    net.router.run("nft", "-D", f"wan={session.one.name}", "-f", "-", text=rules)
    return session


def leaves(net, talk, session):
    """By the device of PPP, and whole."""
    captures = Capture(net.isp, session.other.name), Capture(net.phone)
    fast.takes(net, talk)
    for capture in captures:
        packets = capture.packets()
        check.equal(len(packets), 4, "packets captured")
        for packet in packets:
            packet.judge()
        capture.close()


def send(net, end, length):
    """RTP that makes a packet of that length, which must not be cut."""
    four = net.plan.family == 4
    end.rtp.sock.setsockopt(socket.IPPROTO_IP if four else socket.IPPROTO_IPV6,
                            IP_MTU_DISCOVER if four else IPV6_MTU_DISCOVER, PROBE)
    data = end.source.packet().ljust(length - (28 if four else 48), b"x")
    end.rtp.send(data, end.peer.rtp)
    return data


def length(net, talk):
    for src, dst in ((talk.one, talk.two), (talk.two, talk.one)):
        data = send(net, src, pppoe.MTU)
        dst.rtp.expect(data, dst.peer.rtp, "RTP that just fits")
    capture, before = Capture(net.phone), net.stats()["fast-mtu"]
    send(net, talk.one, pppoe.MTU + 1)
    talk.two.rtp.quiet("RTP that is too long")
    errors = capture.errors()
    check.equal(len(errors), 1, "errors")
    check.equal(int.from_bytes(errors[0].udp[4:8], "big"), pppoe.MTU, "MTU that it tells")
    net.shows(fast_mtu=before + 1)
    capture.close()


def lost(net, talk, session):
    """A new session has another device, and may have the same address."""
    before = net.stats()["fast-demoted"]
    session.close()
    net.shows(fast_demoted=before + 4)
    if net.plan.nat:
        net.shows(calls=0, streams=0, address_calls=1)
        return
    check.equal(fast.promoted(net), [False, False], "promoted over a session that is gone")
    rtp.deaf(talk.one, talk.two, "RTP over a session that is gone")
    session = pppoe.Session(net.router, "wan", net.isp, "wan")
    addresses(net, session)
    fast.promote(net, talk)
    leaves(net, talk, session)
    talk.call.bye()
    session.close()


def run(net):
    phone, provider = pair(net)
    session = uplink(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    leaves(net, talk, session)
    moved = fast.moved(net, lambda: length(net, talk))
    check.equal(moved, [(1, 1), (1, 1)], "counted, fast")
    lost(net, talk, session)
    net.nothing_left()
