# SPDX-License-Identifier: GPL-2.0-or-later
"""Keepalives do not shorten a mapping that a registration needs (RFC 5626, 3.5.1).

CRLFs, a lone CRLF, a NUL and an OPTIONS, from either side: conntrack's timeout stays
what the registration asks for. Without one, or after its end, it is the plain timeout
of UDP.
"""
from lib import check
from lib.register import Registration, User
from lib.ua import Leg, pair

PLANS = ("ip4", "ip6", "nat66")


def left(net, phone):
    """Seconds that the phone's signalling connection has."""
    flows = [flow for flow in net.conntrack()
             if (flow["src"], flow["sport"]) == (phone.addr, "5060")]
    check.equal(len(flows), 1, "signalling connections of the phone")
    return int(flows[0]["line"].split()[2])


def run(net):
    phone, provider = pair(net)
    Leg(phone, provider, "options@example.com").request("OPTIONS")
    msg = provider.message("OPTIONS")
    check.true(left(net, phone) <= 120, "timeout of a flow that nobody needs")

    reg = Registration(phone, provider)
    contact, _ = reg.refresh(1800)
    check.true(left(net, phone) > 1780, "timeout of a registered phone's flow")
    for data in (b"\r\n\r\n", b"\r\n", b"\0", b"\0\0\0\0"):
        phone.send(data, provider.at)
        check.same_bytes(provider.receive("a keepalive")[0], data, "keepalive")
        check.true(left(net, phone) > 1780, f"timeout after {data!r}")
        provider.send(data, contact)
        check.same_bytes(phone.receive("its answer")[0], data, "answer")
        check.true(left(net, phone) > 1780, f"timeout after {data!r} from the registrar")
    Leg(provider, phone, msg.get("Call-ID"), target=contact).request("OPTIONS")
    phone.message("OPTIONS")
    check.true(left(net, phone) > 1780, "timeout after OPTIONS")

    # One that asks for less, and one that ends, give back what they had.
    reg.refresh(600)
    check.true(580 < left(net, phone) < 650, "timeout after a shorter registration")
    other = User(phone, provider, "berta")
    other.refresh(1800)
    check.true(left(net, phone) > 1780, "timeout with two registrations")
    reg.refresh(0)
    check.true(left(net, phone) > 1780, "timeout while one is left")
    other.refresh(0)
    check.true(left(net, phone) <= 120, "timeout when none is left")
