# SPDX-License-Identifier: GPL-2.0-or-later
"""Who guesses a port, an SSRC and a sequence number gets nothing, and spoils nothing.

Packets of others to the ports of a promoted call, with what RTP Bleed and
CVE-2025-53399 need: right to the bit, but from another address, or from another port
of the right one. Media goes where it went, in the fast path; a stranger is counted
and hears nothing, and moves no counter of the stream. Who sends from the announced
address may reach the phone (the description says so), but is sent nothing.
"""
from lib import check, fast
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66", "watch-routed")
HELPERS = ("sipfast",)
STEADY = ("packets", "bytes", "rtp_packets", "fast_packets", "rtcp_packets", "rtp", "other_packets")


def told(net):
    """What of both directions is no stranger's to change."""
    return [{name: way.get(name) for name in STEADY if name in way}
            for way in fast.directions(net)]


def bleed(net, talk):
    """From another address: with its next numbers, and with such as it has had."""
    thief = net.stranger.udp(40000), net.stranger.udp(40001)
    before, source = told(net), talk.two.source
    for ahead in (0, 1, -1, 1000):
        thief[0].send(source.packet(source.seq + ahead), talk.two.peer.rtp)
    thief[1].send(b"\x80\xc9\0\1\0\0\0\x07", talk.two.peer.rtcp)
    talk.one.rtp.quiet("RTP of a stranger")
    talk.one.rtcp.quiet("RTCP of a stranger")
    check.equal(told(net), before, "statistics after a stranger")
    net.shows(pinhole_stranger=5)
    check.equal(fast.directions(net)[1]["strangers"], 5, "strangers")
    fast.takes(net, talk)
    for port in thief:
        port.quiet("media of others")
        port.close()


def other_port(net, talk):
    """From the announced address, where the description admits any port."""
    thief = net.provider.udp(45678)
    source = talk.two.source
    before, streams = told(net)[1]["fast_packets"], net.stats()["streams"]
    data = source.packet(source.seq)
    thief.send(data, talk.two.peer.rtp)
    talk.one.rtp.expect(data, thief.at, "RTP of another port")
    check.equal(told(net)[1]["fast_packets"], before, "fast packets")
    net.shows(streams=streams)
    # The stream counts that number once: it was expected, and comes again.
    fast.takes(net, talk)
    for _ in range(3):
        talk.speak()
    thief.quiet("media of others")
    for way in fast.directions(net):
        check.equal(way["rtp"]["lost"], 0, "lost")
    thief.close()


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    bleed(net, talk)
    other_port(net, talk)
    check.equal(fast.promoted(net), [True, True], "promoted")
    talk.call.bye()
    net.nothing_left()
