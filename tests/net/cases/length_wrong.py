# SPDX-License-Identifier: GPL-2.0-or-later
"""A wrong Content-Length is not repaired (FIELD 11).

Too large, negative, huge (4294967328 once became 32), twice, or no number: the
message passes byte-identical and is counted. Too small: what lies behind it is
no part of the message, and stays behind it.
"""
from lib import check, sip
from lib.ua import Leg, pair

PLANS = ("ip4", "nat66")


def run(net):
    phone, provider = pair(net)
    body = sip.sdp(phone.addr, 4000)
    size = len(body)
    for value, counter in ((size + 1, "length_cut"), (65535, "length_cut"),
                           (-1, "length"), (4294967328, "length"), ("92 bytes", "length"),
                           (f"{size}\r\nContent-Length: {size}", "length_dup"),
                           (f"{size}\r\nl: 0", "length_dup")):
        before = net.stats() if net.ours else {}
        sent = Leg(phone, provider, "x@y").make("INVITE", body, length=value)
        phone.send(sent, provider.at)
        provider.expect(sent, (phone.face, 5060), f"INVITE with Content-Length {value}")
        name = "parse-" + counter.replace("_", "-")
        if net.ours:
            check.equal(net.stats()[name], before[name] + 1, name)
    net.shows(calls=0)

    # Too small by the last line: that line is left over, on both sides.
    short = size - len("m=audio 4000 RTP/AVP 0\r\n")
    phone.send(Leg(phone, provider, "short@y").make("INVITE", body, length=short), provider.at)
    got, _ = provider.receive("INVITE")
    head, _, rest = got.partition(b"\r\n\r\n")
    length = int(head.rpartition(b": ")[2])
    check.same_bytes(rest[length:], b"m=audio 4000 RTP/AVP 0\r\n", "bytes behind the message")
