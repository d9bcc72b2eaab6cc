# SPDX-License-Identifier: GPL-2.0-or-later
"""MEDIA_OPEN: the media of such a call is in the fast path, both ways, whoever speaks first."""
from lib import fast, opened, rtp

HELPERS = ("sipfast",)
PLANS = ("ip6", "routed")


class Talk:
    """What the fast path's tests speak with."""

    def __init__(self, one, two):
        self.one, self.two = one, two

    def speak(self):
        rtp.both_ways(self.one, self.two)


def run(net):
    opened.shut(net)
    for turned in False, True:
        call, *ends = opened.audio(net)
        talk = Talk(*(reversed(ends) if turned else ends))
        fast.promote(net, talk)
        fast.takes(net, talk)
        net.shows(fast_route=0)
        call.close()
        net.nothing_left()
        for end in ends:
            end.close()
