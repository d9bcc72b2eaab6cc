# SPDX-License-Identifier: GPL-2.0-or-later
"""The line gets another address: what was translated to the old one ends.

As PPP and DHCP do it: the old address goes, and another one comes. Calls in
both directions, the registration, pinholes, ports and connections of the old
one are gone, counted and announced; the phone registers anew, and is called and
calls at the new address. An address that only moves to another device is not
lost.
"""
from lib import check, rtnl, rtp
from lib.monitor import Monitor
from lib.register import register
from lib.ua import Agent, Talk

PLANS = ("ip4", "nat66")
HOST = {4: "/32", 6: "/128"}
NEW = {4: "203.0.113.77", 6: "2001:db8:f::77"}


def readdress(net, old, new):
    """The new one comes second, as when a session is set up anew."""
    prefix, isp = net.plan.where["prefix"], net.plan.where["isp"]
    with net.router:
        rtnl.address("wan", old + prefix, on=False)
        rtnl.address("wan", new + prefix)
        if net.plan.family == 4:
            # It went with the address.
            rtnl.default(isp, "wan")
    net.phone.face = new


def two_calls(phone, provider, contact):
    """One out and one in, with audio."""
    talks = [Talk(phone, provider, (4000, 40000)),
             Talk(provider, phone, (40100, 4100), target=contact)]
    for talk in talks:
        talk.speak()
    return talks


def nothing_old(net, old):
    """No connection that the helper made, and no call or registration."""
    check.until(lambda: not any(old in flow["line"] for flow in net.conntrack()),
                "connections of the lost address end")
    if net.ours:
        check.until(lambda: not net.stats()["registrations"], "the registration ends")
    net.nothing_left(registrations=0)


def run(net):
    phone, provider = Agent(net.phone, "anna"), Agent(net.provider, "bob")
    old, new = net.public, NEW[net.plan.family]
    contact = register(phone, provider)
    check.equal(contact[0], old, "address of the contact")
    talks = two_calls(phone, provider, contact)

    # It goes, but is still there: on a second device.
    with net.router:
        rtnl.address("lo", old + HOST[net.plan.family])
        rtnl.address("wan", old + net.plan.where["prefix"], on=False)
        rtnl.address("wan", old + net.plan.where["prefix"])
        rtnl.address("lo", old + HOST[net.plan.family], on=False)
        if net.plan.family == 4:
            rtnl.default(net.plan.where["isp"], "wan")
    net.shows(calls=2, streams=2, ports=2, registrations=1, address_calls=0)
    for talk in talks:
        talk.speak()

    monitor = Monitor(net.router) if net.ours else None
    readdress(net, old, new)
    nothing_old(net, old)
    net.shows(address_calls=2, address_registrations=1, address_full=0)
    for talk in talks:
        rtp.deaf(talk.two if talk is talks[0] else talk.one,
                 talk.one if talk is talks[0] else talk.two, "RTP to the lost address")
        talk.close()
    if monitor:
        events = monitor.events()
        names = [event["event"] for event in events]
        check.equal([event["call"]["end"] for event in events if event["event"] == "call-end"],
                    ["address"] * 2, "announced ends of calls")
        check.equal((names.count("stream-end"), names.count("registration-end")), (2, 1),
                    "announced ends of streams and registrations")
        monitor.close()

    contact = register(phone, provider)
    check.equal(contact[0], new, "address of the new contact")
    net.shows(registrations=1, pinholes=1, registration_new=2)
    for talk in two_calls(phone, provider, contact):
        check.true(new in (talk.call.invite_got.media[0].addr, talk.call.a.got.media[0].addr),
                   "no description names the new address")
        talk.call.bye()
        talk.close()
    net.nothing_left(pinholes=1)

    # And back, with nothing up but the registration.
    readdress(net, new, old)
    nothing_old(net, new)
    net.shows(address_calls=2, address_registrations=2)
