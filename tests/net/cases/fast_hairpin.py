# SPDX-License-Identifier: GPL-2.0-or-later
"""Two phones behind one router: their media takes the fast path, for both of its streams.

It goes from phone to phone, and every packet counts on both legs. Either leg ends it.
"""
from lib import check, fast, rtp
from lib.hairpin import Joined
from lib.register import register
from lib.ua import Agent

PLANS = ("ip4", "nat66")
HELPERS = ("sipfast",)


class Pair:
    """Joined, in the words of a talk."""

    def __init__(self, joined):
        self.one, self.two = joined.one, joined.two

    def speak(self):
        rtp.both_ways(self.one, self.two)


def legs(net):
    """Both directions of both streams."""
    return [way for number in (0, 1) for way in fast.directions(net, number)]


def run(net):
    provider = Agent(net.provider, "proxy")
    anna, berta = Agent(net.phone, "anna"), Agent(net.phone2, "berta")
    register(anna, provider)
    parties = net, anna, berta, provider, register(berta, provider)
    for leg in ("first", "second"):
        joined = Joined(*parties)
        joined.answer()
        talk = Pair(joined)
        fast.promote(net, talk)
        fast.wait(net, number=1)
        before = legs(net)
        talk.speak()
        for old, new in zip(before, legs(net)):
            check.equal([new[name] - old[name] for name in
                         ("packets", "fast_packets", "rtcp_packets")], [3, 4, 1],
                        "counted, fast, RTCP")
            check.equal(new["rtp"]["lost"], 0, "lost")
        net.shows(streams=2)
        getattr(joined, leg).bye()
        net.shows(calls=1, streams=1)
        net.no_media_flows()
        rtp.deaf(joined.one, joined.two, "RTP after a BYE")
        rtp.deaf(joined.two, joined.one, "RTP after a BYE")
        getattr(joined, "second" if leg == "first" else "first").bye()
        joined.one.close()
        joined.two.close()
        # What came after its leg's end was the router's own.
        net.flush()
        net.nothing_left(registrations=2, pinholes=2)
    net.shows(fast_promoted=8, fast_demoted=8)
