# SPDX-License-Identifier: GPL-2.0-or-later
"""Connections whose media is in the fast path live as long as others do (takes hours).

A call that talks for an hour keeps its own alive, though conntrack sees none of it:
with a timeout that is short for all, and with one that a rule gave them. One that
falls silent loses them when the time is over, not sooner and a second later at most;
what speaks up again begins anew, through its pinholes.
"""
import re
import time

from lib import check, fast
from lib.ua import Talk, pair

TIMED = True
PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)
SECONDS = 24 * 3600
HOUR = 3600
SHORT, RULED = 10, 7
# Once a second connections are told what their paths have forwarded.
LATE = 1

POLICY = """table inet timeouts {
	ct timeout media {
		protocol udp
		l3proto %s
		policy = { unreplied: %d, replied: %d }
	}
	chain set-timeout {
		type filter hook prerouting priority mangle
		udp sport { 4000, 4001, 40000, 40001 } ct timeout set "media"
	}
}"""


def left(net):
    """Seconds that the media connections have left; looking at one whose time is over ends it."""
    return [int(re.search(r" udp +17 (\d+) ", line)[1]) for line in net.media_flows()]


def talks(net, talk, timeout):
    """For an hour, with pauses that are as long as they may be."""
    pause = timeout - LATE - 1
    rounds = HOUR // pause
    net.router.sysctl("net.netfilter.nf_conntrack_acct", 1)
    before, demoted = fast.directions(net), net.stats()["fast-demoted"]
    for _ in range(rounds):
        talk.speak()
        time.sleep(pause)
    for old, new in zip(before, fast.directions(net)):
        check.equal([new[name] - old[name] for name in
                     ("packets", "fast_packets", "rtcp_packets")],
                    [3 * rounds, 4 * rounds, rounds], "counted, fast, RTCP")
        check.equal(new["rtp"]["lost"], 0, "lost")
    check.equal(fast.promoted(net), [True, True], "promoted after an hour")
    net.shows(fast_demoted=demoted, calls=1, streams=1)


def silent(net, talk, timeout):
    """Nobody says anything any more."""
    before = net.stats()
    talk.speak()
    time.sleep(LATE + 0.1)
    for seconds in left(net):
        check.true(timeout - LATE - 1 <= seconds <= timeout, f"{seconds} s left of {timeout}")
    check.equal(len(left(net)), 2, "media connections")
    time.sleep(timeout - LATE - 0.5)
    check.equal(len(left(net)), 2, "media connections before their time is over")
    check.equal(fast.promoted(net), [True, True], "promoted before the time is over")
    time.sleep(0.5 + LATE)
    check.equal(left(net), [], "media connections after their time")
    check.equal(fast.promoted(net), [False, False], "promoted without a connection")
    net.shows(calls=1, streams=1, fast_demoted=before["fast-demoted"] + 4,
              fast_connection=before["fast-connection"] + 4, fast_stale=before["fast-stale"])
    for way in fast.directions(net):
        check.equal(way.get("declined"), "fast-connection", "reason")

    fast.avoids(net, talk)
    fast.promote(net, talk)
    fast.takes(net, talk)


def unseen(net, talk, timeout):
    """The same when nobody looks: conntrack looks for itself, if only once a minute."""
    before = net.stats()
    time.sleep(timeout + 180)
    net.shows(calls=1, streams=1, fast_demoted=before["fast-demoted"] + 4,
              fast_connection=before["fast-connection"] + 4)
    check.equal(fast.promoted(net), [False, False], "promoted without a connection")


def run(net):
    net.router.sysctl("net.netfilter.nf_conntrack_udp_timeout_stream", SHORT)
    phone, provider = pair(net)
    for timeout in (SHORT, RULED):
        talk = Talk(phone, provider)
        fast.promote(net, talk)
        for what in (talks, silent, unseen):
            what(net, talk, timeout)
        talk.call.bye()
        net.nothing_left()
        talk.close()
        net.router.run("nft", "-f", "-", text=POLICY % (
            "ip" if net.plan.family == 4 else "ip6", 5, RULED))
