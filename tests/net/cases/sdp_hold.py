# SPDX-License-Identifier: GPL-2.0-or-later
"""Hold: 0.0.0.0 is not rewritten, and a held call comes back (FIELD 10, 19).

Both manners: `c=IN IP4 0.0.0.0` (RFC 2543) and a=sendonly (RFC 3264).
"""
from lib import check, rtp, sip
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")


def reinvite(talk, body, answer):
    asked, back = talk.call.transaction(talk.call.a, "INVITE", body, answer=answer)
    talk.call.ack()
    return asked, back


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    talk.speak()
    resume = sip.sdp(provider.addr, 40000)

    nowhere = "0.0.0.0" if net.plan.family == 4 else "::"
    held = sip.sdp(nowhere, 4000, origin=phone.addr)
    asked, _ = reinvite(talk, held, resume)
    check.true(f" {nowhere}\r\nt=".encode() in asked.body, "c= of a held call was rewritten")
    check.true(f" {phone.face}\r\ns=".encode() in asked.body, "o= of a held call is private")
    net.shows(calls=1)

    asked, back = reinvite(talk, sip.sdp(phone.addr, 4000), resume)
    talk.one.told(back.media[0])
    talk.two.told(asked.media[0])
    talk.speak()

    held = sip.sdp(phone.addr, 4000, attributes=["a=sendonly"])
    asked, back = reinvite(talk, held, sip.sdp(provider.addr, 40000, attributes=["a=recvonly"]))
    check.equal(asked.media[0].addr, phone.face, "address of a held call")
    talk.one.told(back.media[0])
    talk.two.told(asked.media[0])
    # Music on hold flows, and RTCP both ways.
    rtp.one_way(talk.one, talk.two)
    rtp.both_ways(talk.one, talk.two)

    # A description with no media at all, and one with a protocol unknown here.
    asked, _ = reinvite(talk, sip.sdp(phone.addr, media=[]), sip.sdp(provider.addr, media=[]))
    check.true(f" {phone.face}\r\nt=".encode() in asked.body, "c= without media is private")
    strange = ["m=message 4000 TCP/MSRP *", "m=x-thing 4000 X/Y 0"]
    asked, _ = reinvite(talk, sip.sdp(phone.addr, media=strange), resume)
    check.true(f" {phone.face}\r\nt=".encode() in asked.body, "c= of unknown media is private")
    talk.call.bye()
    net.nothing_left()
