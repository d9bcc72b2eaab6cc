# SPDX-License-Identifier: GPL-2.0-or-later
"""Session c= and media c= each keep their own meaning (FIELD 9, 10).

One line lives elsewhere, or is on hold at 0.0.0.0, whether that is said in the
session and the phone's own address in the media, or the other way round.
"""
from lib import check, sip
from lib.ua import Call, pair

PLANS = ("ip4", "nat66")


def described(addr, session, first, second):
    """The session's c=, and that of two lines."""
    kind = "IP6" if ":" in addr else "IP4"
    media = []
    for port, own in ((4000, first), (5000, second)):
        media.append(f"m=audio {port} RTP/AVP 0")
        if own:
            media.append(f"c=IN {kind} {own}")
    return sip.sdp(session, media=media, origin=addr)


def run(net):
    phone, provider = pair(net)
    own, face = phone.addr, phone.face
    away = net.text("IP4 192.0.2.77").split()[1]
    nowhere = "0.0.0.0" if net.plan.family == 4 else "::"
    answer = sip.sdp(provider.addr, media=["m=audio 40000 RTP/AVP 0", "m=audio 40100 RTP/AVP 0"])
    for other in (away, nowhere):
        for place in ((own, None, other), (other, own, None), (other, None, own),
                      (own, other, None)):
            call = Call(phone, provider)
            offer, _ = call.establish(described(own, *place), answer)
            want = [face if addr == own else addr for addr in (
                place[1] or place[0], place[2] or place[0])]
            check.equal([line.addr for line in offer.media], want, f"c= of {place}")
            check.true(own.encode() not in offer.body, f"{place}: {offer.body!r}")
            session = face if place[0] == own else place[0]
            check.true(f" {session}\r\nt=".encode() in offer.body, f"session c= of {place}")
            call.bye()
    net.nothing_left()
