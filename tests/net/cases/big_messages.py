# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages around and far over the MTU arrive whole (FIELD 26).

A message of 1490 bytes that grows by some: it is sent with DF, or without, and
must be fragmented after all. One of 20 kB, in fragments already, and one that
grows in fragments. And one that would exceed what IP can carry passes as it was,
counted.
"""
import socket

from lib import check, sip
from lib.capture import Capture
from lib.ua import Agent, Call, Leg, pair

PLANS = ("ip4", "ip6", "nat66")

# What a packet of 1500 bytes has room for, behind IP and UDP.
ROOM = {4: 1472, 6: 1452}
# By the family: the option, and whether a socket sets DF and discovers the MTU.
DISCOVER = {4: (socket.IPPROTO_IP, 10), 6: (socket.IPPROTO_IPV6, 23)}
DONT, WANT, DO = 0, 1, 2


def grow(net, phone, provider):
    """Inwards 203.0.113.1 becomes 192.168.1.10: a byte more, each time."""
    room = ROOM[net.plan.family]
    leg = Leg(phone, provider, "grow@example.com")
    leg.request("OPTIONS")
    msg = sip.Message(*provider.receive("OPTIONS"))
    answer = Leg(provider, phone, "grow@example.com")
    routes = ("Record-Route", net.text(", ".join(["<sip:203.0.113.1:5060;lr>"] * 12)))
    capture = Capture(net.phone)
    sizes = (room - 10, room - 2, room)
    for discover, size in [(how, size) for how in (WANT, DO, DONT) for size in sizes] + \
            [(WANT, 4 * room), (DONT, 4 * room)]:
        provider.sock.setsockopt(*DISCOVER[net.plan.family], discover)
        short = len(answer.reply(msg, 200, extra=[routes, ("X-Pad", "")]))
        sent = answer.reply(msg, 200, extra=[routes, ("X-Pad", "x" * (size - short))])
        check.equal(len(sent), size, "length of the test's message")
        provider.send(sent, msg.source)
        got, _ = phone.receive(f"a message of {size} bytes that grows")
        want = sip.translated(sent, (net.public, phone.addr)) if net.plan.nat else sent
        check.true(len(got) > room or not net.plan.nat,
                   f"{len(got)} bytes: it did not grow over the MTU")
        check.same_bytes(got, want, f"a message of {size} bytes")
    provider.sock.setsockopt(*DISCOVER[net.plan.family], WANT)
    fragments = [packet for packet in capture.packets() if packet.fragment]
    # Two of each that grew; four, or five of IPv6's smaller ones, of each big one.
    check.equal(len(fragments), 18 * net.plan.nat + 2 * (4 if net.plan.family == 4 else 5),
                "fragments")


def outwards(net, provider):
    """A port that 5060 is mapped to has to be written out."""
    Leg(Agent(net.phone, "first"), provider, "x@y").request("OPTIONS")
    _, first = provider.receive("OPTIONS")
    phone2 = Agent(net.phone2, "berta")
    leg = Leg(phone2, provider, "out@example.com")
    leg.via, leg.contact = phone2.name, f"<sip:berta@{phone2.name}>"
    room = ROOM[net.plan.family]
    short = len(leg.make("OPTIONS", extra=[("X-Pad", "")]))
    leg.cseq = 0
    sent = leg.request("OPTIONS", extra=[("X-Pad", "x" * (room - short))])
    got, (host, port) = provider.receive("an OPTIONS that grows")
    check.true(port != first[1], "two phones on one port")
    check.same_bytes(got, sip.translated(sent, (phone2.name, f"{sip.uri_host(host)}:{port}")),
                     "an OPTIONS that grows")
    check.true(len(got) > room, "it did not grow over the MTU")


def run(net):
    phone, provider = pair(net)
    grow(net, phone, provider)
    phone.close()
    if net.plan.nat:
        outwards(net, provider)

    phone = Agent(net.phone, "anna", 5070)
    for size in (20000, 64800):
        call = Call(phone, provider)
        call.invite(sip.sdp(phone.addr, 4000), extra=[("X-Pad", "x" * size)])
        check.equal(call.invite_got.media[0].addr, phone.face, "address of a big message")
        call.respond(486)
        call.ack()
    net.nothing_left(sip_too_big=0)

    # It cannot grow: 65507 bytes are all that a datagram carries.
    back = Leg(provider, phone, "huge@example.com", target=call.invite_got.source)
    routes = [("Record-Route", net.text("<sip:203.0.113.1:%d;lr>") % call.invite_got.source[1])] * 3
    short = len(back.make("NOTIFY", extra=[*routes, ("X-Pad", "")]))
    back.cseq = 0
    sent = back.request("NOTIFY", extra=[*routes, ("X-Pad", "x" * (65507 - short))])
    phone.expect(sent, provider.at, "the biggest datagram")
    net.shows(sip_too_big=1 if net.plan.nat else 0)
