# SPDX-License-Identifier: GPL-2.0-or-later
"""Several datagrams in one buffer (UDP_SEGMENT): they pass as they are, counted.

From a socket of the router itself, which the kernel cuts only in the device. None
is lost or edited, and the connection still works for single ones.
"""
import socket

from lib import check, sip
from lib.ua import Agent, Leg

PLANS = ("ip4", "nat66")
UDP_SEGMENT = 103


def run(net):
    net.offload("provider")
    provider = Agent(net.provider, "bob")
    agent = Agent(net.router, "router", 5070)
    leg = Leg(agent, provider, "segments@example.com")
    leg.request("OPTIONS")
    provider.message("OPTIONS")
    net.shows(sip_seen=1, sip_gso=0)

    first = leg.make("OPTIONS", cseq=50)
    parts = [first.replace(b"CSeq: 50", b"CSeq: 5%d" % number) for number in range(4)]
    check.equal(len(set(parts)), 4, "different parts")
    agent.sock.setsockopt(socket.IPPROTO_UDP, UDP_SEGMENT, len(parts[0]))
    agent.send(b"".join(parts), provider.at)
    agent.sock.setsockopt(socket.IPPROTO_UDP, UDP_SEGMENT, 0)
    for part in parts:
        provider.expect(part, agent.at, "one of several")
    net.shows(sip_seen=1, sip_gso=1)

    leg.request("OPTIONS")
    msg = sip.Message(*provider.receive("OPTIONS"))
    Leg(provider, agent, "segments@example.com").respond(msg, 200)
    leg.take_response(200)
    net.shows(sip_seen=3, sip_gso=1)
