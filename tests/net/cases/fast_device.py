# SPDX-License-Identifier: GPL-2.0-or-later
"""Devices and addresses that go away and come back during a call.

What came in or left by a device is given back when it goes down, or away; when it is
there again, media flows, and takes the fast path. With an address that the router
loses, the calls end whose media it was.
"""
from lib import check, fast, rtnl, rtp
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)


def lan(net, on=True):
    """The router's address towards the phone."""
    where = net.plan.where
    with net.router:
        rtnl.address("lan1", where["phone"][1] + where["prefix"], on)


def restored(net, talk):
    fast.promote(net, talk)
    fast.takes(net, talk)


def down_and_up(net, talk):
    with net.router:
        rtnl.up("lan1", False)
    check.equal(fast.promoted(net), [False, False], "promoted over a device that is down")
    rtp.deaf(talk.two, talk.one, "RTP over a device that is down")
    with net.router:
        rtnl.up("lan1")
    if net.plan.family == 6:
        lan(net)
    restored(net, talk)


def away_and_back(net, talk):
    """Another device of the same name, with another number."""
    with net.router:
        rtnl.delete("lan1")
    check.equal(fast.promoted(net), [False, False], "promoted over a device that is gone")
    rtp.deaf(talk.two, talk.one, "RTP over a device that is gone")
    net.connect("phone")
    restored(net, talk)


def address(net, talk):
    """Without it there is no way to the phone."""
    lan(net, False)
    rtp.deaf(talk.two, talk.one, "RTP without a route")
    lan(net)
    restored(net, talk)


def public(net, talk):
    """The address that the phone is known by is lost: so is the call."""
    demoted = net.stats()["fast-demoted"]
    with net.router:
        rtnl.address("wan", net.public + net.plan.where["prefix"], False)
    net.shows(calls=0, streams=0, address_calls=1, fast_demoted=demoted + 4)
    net.no_media_flows()
    # By IPv6 the router has another address to translate it to, which is nobody's call.
    if net.plan.family == 4:
        rtp.deaf(talk.one, talk.two, "RTP of a call that is over")


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    for what in (down_and_up, away_and_back, address):
        what(net, talk)
        # What was promoted while routes were still changing was so twice.
        stats = net.stats()
        check.equal(stats["fast-promoted"] - stats["fast-demoted"], 4, "directions promoted")
    if net.plan.nat:
        public(net, talk)
    else:
        talk.call.bye()
    net.nothing_left()
