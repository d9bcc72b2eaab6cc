# SPDX-License-Identifier: GPL-2.0-or-later
"""TCP: a Content-Length that is absent, doubled, negative or too large (FIELD 11).

4294967328 was once taken for 32 (CVE-2026-23457). Such a message passes as it
came, is counted, moves nothing, and nothing behind it in its segment does.
"""
from lib import check, sip
from lib.tcp import connect
from lib.ua import Agent, Leg

PLANS = ("ip4", "ip6")
TORN = ((False, "length"), (-1, "length"), (4294967328, "length"), ("92 bytes", "length"),
        ("", "length"), (18446744073709551615, "length"), (65536, "too-long"),
        ("5\r\nContent-Length: 5", "length-dup"), ("5\r\nl: 0", "length-dup"))


def torn(net, phone, one, value, counter):
    """A message of which nobody knows where it ends, and one behind it."""
    leg = Leg(phone, phone, f"length-{value}@x")
    before = net.stats() if net.ours else {}
    one.out = one.peer.into = b""
    one.peer.read = 0
    one.pieces(leg.make("INVITE", sip.sdp(phone.addr, 4000), length=value) +
               leg.make("INVITE", sip.sdp(phone.addr, 4000)))
    one.same(f"a message with Content-Length {value}")
    if net.ours:
        after = net.stats()
        check.equal(after["sip-seen"], before["sip-seen"], "sip-seen")
        name = "parse-" + counter
        check.equal(after[name], before[name] + 1, f"{name} of Content-Length {value}")


def run(net):
    phone = Agent(net.phone, "anna")
    begin = Leg(phone, phone, "begin@x").make("OPTIONS")
    for number, mode in enumerate(("watch", "edit"), 1):
        net.set("tcp", mode)
        one, two = connect(net.phone, net.provider)
        for value, counter in TORN:
            torn(net, phone, one, value, counter)
            # What comes next is found again.
            two.read = len(two.into)
            one.send(begin)
            two.message("OPTIONS")
        net.shows(calls=0, sip_seen=number * len(TORN))
