# SPDX-License-Identifier: GPL-2.0-or-later
"""One direction's media comes by two devices, as over two links of one provider.

Each takes the fast path, counts for the same direction, and ends with the connection:
nothing goes on in the fast path for one that is deleted.
"""
from lib import check, fast, rtnl, rtp
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66", "routed")
HELPERS = ("sipfast",)
OTHER = {4: ("203.0.114.1/24", "203.0.114.254/24"),
         6: ("2001:db8:e::1/64", "2001:db8:e::254/64")}


def second(net):
    """Another link from the isp, which does not use it yet."""
    addr, far = OTHER[net.plan.family]
    net.link(net.router, "wan2", net.isp, "wan2")
    with net.isp:
        rtnl.address("wan2", far)
    with net.router:
        rtnl.address("wan2", addr)
    return addr.partition("/")[0]


def by(net, gateway):
    """The isp's next packets to the phone take this way."""
    whole = f"{net.phone.face}/{32 if net.plan.family == 4 else 128}"
    with net.isp:
        rtnl.route(whole, gateway, "wan2")


def run(net):
    phone, provider = pair(net)
    gateway = second(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    net.shows(fast_promoted=4)
    by(net, gateway)
    rtp.one_way(talk.two, talk.one)
    # One for RTP and one for RTCP came to the others.
    net.shows(fast_promoted=6, fast_demoted=0)
    fast.wait(net)
    fast.takes(net, talk)

    net.router.run("conntrack", "-D", *net.family, "-p", "udp", "--orig-port-src", "4000")
    net.router.run("conntrack", "-D", *net.family, "-p", "udp", "--orig-port-src", "4001")
    check.equal(fast.promoted(net), [False, False], "promoted without a connection")
    net.shows(fast_demoted=6, fast_connection=6)
    fast.avoids(net, talk)
    talk.call.bye()
    net.nothing_left()
