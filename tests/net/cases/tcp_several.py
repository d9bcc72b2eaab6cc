# SPDX-License-Identifier: GPL-2.0-or-later
"""TCP, watched: several messages in a segment, keepalives between and before them.

Calls whose messages share segments are calls; also in segments that are larger
than any packet on the wire, and in pages.
"""
from lib import check, sip
from lib.tcp import pair
from lib.ua import Call, Leg

HELPERS = ("sipfast",)
PLANS = ("ip4", "ip6")


def at_once(phone, provider, number):
    """Calls that begin, are answered and end together."""
    calls = [Call(phone, provider) for _ in range(number)]
    phone.line.send(b"\r\n\r\n" + b"\r\n\r\n".join(
        call.a.make("INVITE", sip.sdp(phone.addr, 4000 + 2 * i))
        for i, call in enumerate(calls)) + b"\r\n\r\n")
    for call in calls:
        call.invite_got = call.b.take_request("INVITE")
    provider.line.send(b"\r\n".join(
        call.b.reply(call.invite_got, 200, sip.sdp(provider.addr, 40000 + 2 * i))
        for i, call in enumerate(calls)))
    for call in calls:
        call.a.take_response(200)
    yield
    phone.line.send(b"".join(call.a.make("BYE") for call in calls))
    provider.line.send(b"".join(call.b.reply(call.b.take_request("BYE"), 200) for call in calls))
    for call in calls:
        call.a.take_response(200)
    yield


def run(net):
    phone, provider = pair(net)
    step = at_once(phone, provider, 2)
    next(step)
    net.shows(calls=2, streams=2, sip_seen=4)
    next(step)
    net.nothing_left(sip_seen=8)

    # The kernel joins two packets at least, and more as it likes.
    net.offload("phone", "provider")
    step = at_once(phone, provider, 4)
    next(step)
    net.shows(calls=4, streams=4, sip_seen=8 + 8, tcp_split=0)
    next(step)
    net.nothing_left(sip_seen=8 + 16)

    # 100 kB at once. Where the head of a message is cut, the rest of the segment
    # that follows is not read.
    options = Leg(phone, provider, "large@x")
    phone.line.send(b"".join(options.make("OPTIONS", bytes(1000)) for _ in range(80)))
    phone.line.same()
    provider.line.same()
    found = net.stats()
    # How many that leaves depends on how the kernel cuts the stream.
    check.true(found["sip-seen"] > 24, f"{found['sip-seen']} messages seen")
    check.equal(found["sip-rewritten"], 0, "messages edited")
