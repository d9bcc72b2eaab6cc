# SPDX-License-Identifier: GPL-2.0-or-later
"""Two phones behind the router call each other through the provider.

The provider passes the descriptions on, so that each phone is told the other's
mapping. Their media does not leave: it goes from phone to phone, each hears the
other from where it was told, whoever speaks first, from the announced port or
another one, and also what was sent before the other leg had its answer. It ends
with either leg, and there is none with `hairpin off`. A stranger's mapping is
nobody's.
"""
from lib import check, rtp
from lib.hairpin import Joined
from lib.register import register
from lib.ua import Agent

PLANS = ("ip4", "nat66")
HELPERS = ("sipfast",)


def run(net):
    provider = Agent(net.provider, "proxy")
    anna, berta = Agent(net.phone, "anna"), Agent(net.phone2, "berta")
    register(anna, provider)
    parties = (net, anna, berta, provider, register(berta, provider))
    either_first(net, parties)
    overtaking(net, parties)
    either_ends(net, parties)
    other_port(net, parties)
    switched_off(net, parties)
    net.nothing_left(registrations=2, pinholes=2)


def either_first(net, parties):
    for order in (False, True):
        joined = Joined(*parties)
        joined.answer()
        net.shows(calls=2, streams=2, ports=2)
        first, second = (joined.two, joined.one) if order else (joined.one, joined.two)
        rtp.both_ways(first, second)
        rtp.both_ways(first, second)
        # Each leg has heard all of it.
        check.equal(net.heard(), [[6, 6], [2, 2]] * 2, "packets of the streams")
        joined.end()
        net.nothing_left(registrations=2, pinholes=2)
    net.shows(pinhole_hairpin=4)


def overtaking(net, parties):
    """Berta speaks as soon as she picks up: that is her leg, not yet Anna's."""
    joined = Joined(*parties)
    for _ in range(3):
        joined.two.rtp.send(rtp.packet(), joined.two.peer.rtp)
        joined.two.rtcp.send(rtp.report(), joined.two.peer.rtcp)
    joined.one.rtp.quiet("RTP before the answer")
    joined.answer()
    rtp.both_ways(joined.two, joined.one)
    rtp.both_ways(joined.one, joined.two)
    joined.end()
    net.nothing_left(registrations=2, pinholes=2)


def either_ends(net, parties):
    for leg in ("first", "second"):
        joined = Joined(*parties)
        joined.answer()
        rtp.both_ways(joined.one, joined.two)
        getattr(joined, leg).bye()
        net.shows(calls=1, streams=1, ports=1)
        net.no_media_flows()
        rtp.deaf(joined.one, joined.two, "RTP after a BYE")
        rtp.deaf(joined.two, joined.one, "RTP after a BYE")
        joined.second.bye() if leg == "first" else joined.first.bye()
        joined.one.close()
        joined.two.close()
        net.flush()


def other_port(net, parties):
    joined = Joined(*parties)
    joined.answer()
    odd = net.phone.udp(4711)
    data = rtp.packet()
    odd.send(data, joined.one.peer.rtp)
    got, source = joined.two.rtp.receive("RTP from another port")
    check.same_bytes(got, data, "RTP from another port")
    check.equal(source[0], net.public, "its address")
    joined.two.rtp.send(data, source)
    odd.expect(data, joined.one.peer.rtp, "symmetric RTP")
    rtp.both_ways(joined.one, joined.two)
    joined.end()


def switched_off(net, parties):
    before = net.stats()["pinhole-hairpin"]
    net.set("hairpin", "off")
    joined = Joined(*parties)
    joined.answer()
    rtp.deaf(joined.one, joined.two)
    rtp.deaf(joined.two, joined.one)
    joined.end()
    net.set("hairpin", "on")
    net.shows(pinhole_hairpin=before)
