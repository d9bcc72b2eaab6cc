# SPDX-License-Identifier: GPL-2.0-or-later
"""Several datagrams in one buffer (UDP_SEGMENT): each is edited like one that came alone.

From a phone, whose link hands the buffer on as it is, from a socket of the router
itself, and to one. They also open the connection, and an answer comes back over it.
"""
import socket

from lib import check, sip
from lib.ua import Agent, Leg

PLANS = ("ip4", "nat66")
UDP_SEGMENT = 103


def send_joined(sender, parts, target):
    """All but the last are equally long; that one is shorter."""
    sender.sock.setsockopt(socket.IPPROTO_UDP, UDP_SEGMENT, len(parts[0]))
    sender.send(b"".join(parts), target)
    sender.sock.setsockopt(socket.IPPROTO_UDP, UDP_SEGMENT, 0)


def options(leg):
    first = leg.make("OPTIONS", cseq=50)
    parts = [first.replace(b"CSeq: 50", b"CSeq: 5%d" % number) for number in range(4)]
    check.equal(len(set(parts)), 4, "different parts")
    return parts + [parts[0].replace(b"CSeq: 50", b"CSeq: 4")]


def exchange(net, sender, receiver, name):
    seen = net.stats()["sip-seen"] if net.ours else 0
    leg = Leg(sender, receiver, f"{name}@example.com")
    parts = options(leg)
    send_joined(sender, parts, receiver.at)
    for part in parts:
        msg = sip.Message(*receiver.receive("one of several"))
        check.equal(msg.get("CSeq"), sip.Message(part, None).get("CSeq"), "order")
        check.equal(sip.host_port(msg.get("Contact")), msg.source, "Contact")
        Leg(receiver, sender, f"{name}@example.com", target=msg.source).respond(msg, 200)
    for part in parts:
        answer = sip.Message(*sender.receive("an answer"))
        check.equal(answer.get("Via").split(";")[0],
                    sip.Message(part, None).get("Via").split(";")[0], "Via that comes back")
    net.shows(sip_seen=seen + 2 * len(parts), sip_gso=0)


def run(net):
    net.offload("phone", "provider")
    phone, provider = Agent(net.phone, "anna"), Agent(net.provider, "bob")
    router = Agent(net.router, "router", 5070)
    exchange(net, phone, provider, "phone")
    exchange(net, router, provider, "router")
    exchange(net, provider, router, "provider")
