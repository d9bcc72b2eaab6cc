# SPDX-License-Identifier: GPL-2.0-or-later
"""Audio takes the fast path when both sides were heard for two seconds, and leaves as before."""
import time

from lib import check, fast
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66", "routed", "watch-routed")


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    before = fast.directions(net)
    time.sleep(1)
    for _ in range(3):
        talk.speak()
    for old, new in zip(before, fast.directions(net)):
        check.equal(new["packets"] - old["packets"], 9, "packets counted")
        # Three of RTCP are among them.
        check.equal(new["fast_packets"] - old["fast_packets"], 12, "in the fast path")
        check.true(new["last_packet_ms"] < 1000, "the last packet was a moment ago")
        check.equal(new["rtp"]["lost"], 0, "lost")
        check.equal(new["rtp"]["expected"], new["packets"], "expected")
        check.equal(new["rtp"]["encoding"], "PCMU", "codec")
    talk.call.bye()
    net.shows(fast_demoted=4, fast_stale=0, fast_connection=0)
    net.nothing_left()
    talk.close()
