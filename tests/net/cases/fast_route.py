# SPDX-License-Identifier: GPL-2.0-or-later
"""Routes, rules and neighbours that change during a call: packets follow at once.

To another device, to another next hop, to a next hop with another address of its
link layer, into a blackhole and out of it again, and by a policy rule; and back.
"""
from lib import check, fast, rawudp, rtnl, rtp
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66", "routed")
HELPERS = ("sipfast",)
OTHER = {4: ("203.0.114.1/24", "203.0.114.254/24"),
         6: ("2001:db8:e::1/64", "2001:db8:e::254/64")}
NEXT = {4: "203.0.113.253", 6: "2001:db8:f::253"}
MACS = "02:00:00:00:00:aa", "02:00:00:00:00:bb"


def ip(net, *words):
    net.router.run("ip", f"-{net.plan.family}", *words)


def to_provider(net):
    return f"{net.provider.addr}/{32 if net.plan.family == 4 else 128}"


def followed(net, talk, what):
    """The first packet after a change, and then all of them, arrive and are fast again."""
    stale = net.stats()["fast-stale"]
    talk.speak()
    check.true(net.stats()["fast-stale"] > stale, f"no path is stale: {what}")
    fast.wait(net)
    fast.takes(net, talk)


def stopped(net, talk, what):
    """What is sent out goes nowhere."""
    rtp.deaf(talk.one, talk.two, what)


def blackhole(net, talk):
    ip(net, "route", "add", "blackhole", to_provider(net))
    stopped(net, talk, "RTP through a blackhole")
    ip(net, "route", "del", "blackhole", to_provider(net))
    followed(net, talk, "the blackhole is gone")


def rule(net, talk):
    words = ("to", net.provider.addr, "blackhole")
    ip(net, "rule", "add", *words)
    stopped(net, talk, "RTP that a policy rule drops")
    ip(net, "rule", "del", *words)
    followed(net, talk, "the rule is gone")


def next_hop(net, talk):
    """The same link: only who comes after the change to the new one is let in."""
    isp, far = net.hosts["isp"], NEXT[net.plan.family]
    old = rawudp.hardware(isp, "wan").hex(":")
    ip(net, "neigh", "replace", far, "lladdr", MACS[0], "dev", "wan")
    isp.run("ip", "link", "set", "wan", "address", MACS[0])
    ip(net, "route", "add", to_provider(net), "via", far, "dev", "wan")
    followed(net, talk, "another next hop")

    # The next hop itself moves, as with a pair of routers of which one fails.
    isp.run("ip", "link", "set", "wan", "address", MACS[1])
    stopped(net, talk, "RTP to the old address of a neighbour")
    ip(net, "neigh", "replace", far, "lladdr", MACS[1], "dev", "wan")
    fast.takes(net, talk)

    ip(net, "neigh", "del", far, "dev", "wan")
    # One that is not known yet is waited for, as ever.
    data = talk.one.source.packet()
    talk.one.rtp.send(data, talk.one.peer.rtp)
    talk.two.rtp.quiet("RTP to a neighbour that is not there")
    ip(net, "neigh", "replace", far, "lladdr", MACS[1], "dev", "wan")
    talk.two.rtp.expect(data, talk.two.peer.rtp, "RTP that waited for its neighbour")
    talk.speak()
    fast.wait(net)
    fast.takes(net, talk)

    isp.run("ip", "link", "set", "wan", "address", old)
    # The gateway has had the other address, too, and said so.
    ip(net, "neigh", "flush", "dev", "wan")
    ip(net, "route", "del", to_provider(net))
    followed(net, talk, "the old next hop")


def device(net, talk):
    """Another uplink; where addresses are translated, it is another connection then."""
    addr, far = OTHER[net.plan.family]
    isp, bare = net.hosts["isp"], far.partition("/")[0]
    net.link(net.router, "wan2", isp, "wan2")
    with isp:
        rtnl.address("wan2", far)
    with net.router:
        rtnl.address("wan2", addr)
    net.router.run("nft", "insert rule inet sipfast forward oifname wan2 accept")
    ip(net, "route", "add", to_provider(net), "via", bare, "dev", "wan2")
    with isp, open("/proc/net/dev", encoding="ascii") as file:
        before = received(file, "wan2")
    followed(net, talk, "another device")
    with isp, open("/proc/net/dev", encoding="ascii") as file:
        # Three of RTP and one of RTCP, twice.
        check.true(received(file, "wan2") - before >= 8, "packets by the other device")
    ip(net, "route", "del", to_provider(net))
    followed(net, talk, "the old device")


def received(file, dev):
    line, = (line for line in file if line.strip().startswith(dev + ":"))
    return int(line.partition(":")[2].split()[1])


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    # In a network that translates, a call does not survive another uplink.
    for what in (blackhole, rule, next_hop) + (() if net.plan.nat else (device,)):
        what(net, talk)
    talk.call.bye()
    net.nothing_left()
