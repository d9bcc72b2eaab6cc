# SPDX-License-Identifier: GPL-2.0-or-later
"""What is no SIP passes byte-identical, with a reason that is counted.

Nothing at all, keepalives, binary, NUL bytes, bare line feeds, too many headers,
and datagrams of 64 kB that arrive in fragments: both ways.
"""
import random

from lib import check, sip
from lib.ua import Leg, pair


def cases(whole):
    """(reason, bytes)"""
    rng = random.Random(1)
    nul = whole.replace(b"Max-Forwards: 70", b"Max-Forwards: 7\0")
    yield "empty", b""
    yield "empty", b"\r\n\r\n"
    yield "empty", b"\r\n" * 20
    yield "not-sip", b"\0"
    yield "not-sip", b"\0" * 600
    yield "not-sip", bytes(range(256)) * 4
    yield "not-sip", bytes(rng.randrange(128, 256) for _ in range(700))
    yield "not-sip", b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n"
    yield "not-sip", whole.replace(b"OPTIONS sip", b"OPTI\0NS sip")
    yield "line-end", whole.replace(b"\r\n", b"\n")
    yield "line-end", whole.replace(b"70\r\n", b"70\n")
    yield "version", whole.replace(b" SIP/2.0\r\n", b" SIP/3.0\r\n", 1)
    yield "status", whole.replace(whole.partition(b"\r\n")[0], b"SIP/2.0 999 X")
    yield "header", whole.replace(b"Max-Forwards:", b"Max Forwards")
    yield "headers", whole.replace(b"Max-Forwards", b"X: y\r\n" * 200 + b"Max-Forwards")
    yield "not-sip", bytes(rng.randrange(256) for _ in range(1024)) * 64
    yield "not-sip", b"INVITE " * 9000
    yield "line-end", whole.partition(b"\r\n")[0] + b"\r\n" + b"A" * 65000
    # Odd, but a message: not in the way of anybody who reads it.
    yield "ok", nul


def run(net):
    phone, provider = pair(net)
    sip_body = sip.sdp("192.0.2.1", 4000)
    leg = Leg(phone, provider, "bytes@example.com")
    leg.via, leg.contact = "192.0.2.1", "<sip:anna@192.0.2.1>"
    whole = leg.make("OPTIONS", sip_body)
    # The flow exists, so that the way back is open from the start.
    phone.send(b"\r\n", provider.at)
    _, way = provider.receive("keepalive")
    for number, (reason, data) in enumerate(cases(whole)):
        data = data[:65507]
        before = net.stats() if net.ours else {}
        name = f"{reason}, number {number} of {len(data)} bytes"
        phone.send(data, provider.at)
        provider.expect(data, way, name)
        provider.send(data, way)
        phone.expect(data, provider.at, name + ", back")
        if net.ours:
            found = net.stats()
            counter = "sip-seen" if reason == "ok" else "parse-" + reason
            moved = {n: v - before[n] for n, v in found.items() if v != before[n]}
            check.equal(moved, {counter: 2}, f"counters of {name}")
