# SPDX-License-Identifier: GPL-2.0-or-later
"""TCP, edited: a message cut at every byte (FIELD 7, 13).

The stream at the other end is a legal one: each message is there once, edited or
as it was sent. So it is where a cut message follows a whole one in its segment,
and where edits make a full segment longer than the MTU.
"""
from lib import check, sip
from lib.tcp import pair
from lib.ua import Leg

PLANS = ("ip4", "nat66")
SECONDS = 60
MSS = 1448


def read(stream, sent, own, seen):
    """How many of the messages that were sent have arrived edited."""
    edited = 0
    for number, data in enumerate(sent):
        now = data.replace(own, seen)
        if stream.startswith(now):
            edited, stream = edited + 1, stream[len(now):]
        else:
            check.true(stream.startswith(data), f"message {number} is {stream[:300]!r}")
            stream = stream[len(data):]
    check.equal(stream, b"", "behind the last message")
    return edited


def run(net):
    net.set("tcp", "edit")
    phone, provider = pair(net)
    leg = Leg(phone, provider, "cut@x")
    # Without a port: it grows.
    leg.via = phone.name
    leg.contact = f"<sip:anna@{phone.name}>"
    # Both end the host: neither is part of the other.
    host, port = provider.line.sock.getpeername()[:2]
    own, seen = phone.name.encode(), f"{sip.uri_host(host)}:{port}".encode()
    sent = []

    whole = leg.make("OPTIONS", b"v" * 30)
    for at in range(1, len(whole)):
        for part in (whole[:at], whole[at:], whole):
            phone.line.send(part)
            phone.line.arrived()
        sent += [whole, whole]
    for at in range(0, len(whole), 7):
        for part in (whole + whole[:at], whole[at:]):
            phone.line.send(part)
            phone.line.arrived()
        sent += [whole, whole]
    net.shows(tcp_gap=0, tcp_dropped=0, tcp_memory=0)

    head = leg.make("OPTIONS", b"").index(b"\r\n\r\n") + 4
    for size in range(MSS - 40, MSS + 1, 8):
        large = leg.make("OPTIONS", b"v" * (size - head - 4))
        phone.line.send(large)
        phone.line.arrived()
        sent.append(large)

    phone.line.sock.shutdown(1)
    provider.line.rest()
    found = read(provider.line.into, sent, own, seen)
    if net.ours:
        # What is left of OPTIONS when it is cut is a method, too; and then those
        # that stand alone, and those in front of a cut one.
        check.equal(found, net.stats()["sip-rewritten"], "edited messages")
        check.true(found >= len(whole) - 1 + len(whole) // 7 + 6, f"{found} messages are edited")
