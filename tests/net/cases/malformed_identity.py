# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages that do not say which call they belong to move no state.

Call-ID, From, To or CSeq missing, twice, or malformed; a CSeq of another method.
They pass, translated in their headers, and are counted as sip-identity.
"""
from lib import check, sip
from lib.ua import Leg, Talk, pair

PLANS = ("ip4", "nat66")


def broken(whole):
    lines = whole.split(b"\r\n")
    for name in (b"Call-ID", b"From", b"To", b"CSeq"):
        at = next(n for n, line in enumerate(lines) if line.startswith(name + b":"))
        yield b"\r\n".join(lines[:at] + lines[at + 1:])
        yield b"\r\n".join(lines[:at] + [lines[at]] + lines[at:])
    yield whole.replace(b"CSeq: 1 ", b"CSeq: x ")
    yield whole.replace(b"CSeq: 1 ", b"CSeq: 1 X")
    yield whole.replace(b"CSeq: 1 ", b"CSeq: 99999999999 ")
    yield whole.replace(b"From: <", b"From: \"<")


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    count = 0
    leg = Leg(phone, provider, talk.call.id)
    leg.tag, leg.remote_tag = talk.call.a.tag, talk.call.b.tag
    for method, body in (("INVITE", sip.sdp(phone.addr, 4000)), ("BYE", b"")):
        leg.cseq = 0
        for data in broken(leg.make(method, body)):
            phone.send(data, provider.at)
            got, _ = provider.receive(method)
            check.true(got.startswith(method.encode()), "another message")
            count += 1
    net.shows(sip_identity=count, calls=1, streams=1)
    talk.speak()
    talk.call.bye()
    net.nothing_left()
