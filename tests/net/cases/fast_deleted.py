# SPDX-License-Identifier: GPL-2.0-or-later
"""A connection in the fast path that is deleted goes through the rules again.

Rules that came later do not see what is promoted; they see what begins anew.
"""
from lib import check, fast, rtp
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)

# Promoted packets would pass it.
DROP = "insert rule inet sipfast forward udp sport { 4000, 40000 } drop"


def delete(net, talk):
    """Both its RTP and its RTCP, whoever began them."""
    for end in (talk.one, talk.two):
        for port in (end.rtp.port, end.rtcp.port):
            net.router.run("conntrack", "-D", *net.family, "-p", "udp", "--orig-port-src",
                           str(port), status=None)


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    delete(net, talk)
    check.equal(fast.promoted(net), [False, False], "promoted without a connection")
    net.shows(fast_connection=4, fast_demoted=4)

    # The pinholes are there still: it begins anew, and is taken over again.
    fast.avoids(net, talk)
    fast.promote(net, talk)
    fast.takes(net, talk)

    net.router.run("nft", DROP)
    fast.takes(net, talk)
    delete(net, talk)
    net.shows(fast_connection=8, fast_demoted=8)
    rtp.deaf(talk.one, talk.two, "RTP that a rule drops")
    rtp.deaf(talk.two, talk.one, "RTP that a rule drops")
    talk.call.bye()
    net.nothing_left()
