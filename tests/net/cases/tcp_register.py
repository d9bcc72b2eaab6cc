# SPDX-License-Identifier: GPL-2.0-or-later
"""A registration over TCP: the registrar uses the connection, nothing else opens.

It is shown, and a call comes in by the connection,
which conntrack keeps that long. The phone names its listener, not the port that
the connection comes from (FIELD 14).
"""
from lib import check, rtp, sip
from lib.register import Registration
from lib.tcp import pair
from lib.ua import Call

HELPERS = ("sipfast",)
PLANS = ("ip4", "ip6", "watch")


def established(net):
    """Seconds that conntrack gives the connection."""
    line = next(line for line in net.router.run("conntrack", "-L", *net.family, "-p",
                                                "tcp").splitlines() if "dport=5060" in line)
    check.true("helper=" + net.helper in line, f"no helper: {line}")
    return int(line.split()[2])


def run(net):
    net.router.sysctl("net.netfilter.nf_conntrack_tcp_timeout_established", 100)
    phone, provider = pair(net)
    registration = Registration(phone, provider)
    registration.refresh(600)
    net.shows(registrations=1, pinholes=0, registration_new=1, sip_rewritten=0)
    registration.refresh(300)
    net.shows(registrations=1, pinholes=0)
    check.true(250 < established(net) <= 632, f"the connection lives {established(net)} s")

    call = Call(provider, phone)
    one, two = rtp.Endpoint(net.provider, 40000), rtp.Endpoint(net.phone, 4000)
    offer, answer = call.establish(sip.sdp(provider.addr, 40000), sip.sdp(phone.addr, 4000))
    net.shows(calls=1, streams=1)
    two.told(offer.media[0])
    one.told(answer.media[0])
    if not net.plan.nat:
        rtp.both_ways(two, one)
    check.true(established(net) > 7000, f"the connection lives {established(net)} s")
    call.bye()
    net.nothing_left(registrations=1)
    registration.refresh(0)
    net.shows(registrations=0)
    phone.line.same()
    provider.line.same()
