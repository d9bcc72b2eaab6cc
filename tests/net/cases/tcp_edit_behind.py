# SPDX-License-Identifier: GPL-2.0-or-later
"""TCP, edited: a whole message and the beginning of the next in one segment (FIELD 7).

What follows arrives once, and behind the edited message. Here the connection comes
from the port that the phone names, as the in-tree helper wants it.
"""
from lib import check, sip
from lib.tcp import TcpAgent, connect
from lib.ua import Leg

PLANS = ("ip4", "nat66")


def run(net):
    net.set("tcp", "edit")
    one, two = connect(net.phone, net.provider, source=5060)
    phone, provider = TcpAgent(one, "anna"), TcpAgent(two, "bob")
    leg = Leg(phone, provider, "behind@x")
    whole = leg.make("OPTIONS")
    face = sip.uri_host(two.sock.getpeername()[0])
    edited = whole.replace(phone.name.encode(), face.encode())
    check.true(len(edited) != len(whole), "the message keeps its length")
    count = 0
    for at in range(20, len(whole), 40):
        for part in (whole + whole[:at], whole[at:]):
            one.send(part)
            one.arrived()
        count += 2
    one.sock.shutdown(1)
    two.rest()
    # Each of them once; how a cut one arrives is tested by tcp-edit-cut.
    rest = two.into
    for number in range(count):
        message = edited if rest.startswith(edited) else whole
        check.same_bytes(rest[:len(message)], message, f"message {number}")
        rest = rest[len(message):]
    check.equal(rest, b"", "behind the last message")
    net.shows(sip_rewritten=count // 2, tcp_split=count // 2)
