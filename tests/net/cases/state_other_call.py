# SPDX-License-Identifier: GPL-2.0-or-later
"""Another call on the same trunk does not touch this one (FIELD 20).

Same addresses, same ports: its INVITE, its failure, its BYE, its CANCEL, and a
BYE with a Call-ID or tags that nobody knows. Neither media that flows ends, nor
media that waits.
"""
from lib import rtp, sip
from lib.ua import Call, Leg, Talk, pair


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    talk.speak()
    silent = Talk(phone, provider, (4300, 40300))

    other = Call(phone, provider)
    other.invite(sip.sdp(phone.addr, 4100))
    talk.speak()
    other.respond(486)
    other.ack()
    talk.speak()

    other = Call(phone, provider)
    other.invite(sip.sdp(phone.addr, 4100))
    other.back(other.b, other.send(other.a, "CANCEL", cseq=1), 200)
    other.respond(487)
    other.ack()
    talk.speak()

    other = Talk(phone, provider, (4100, 40100))
    other.speak()
    talk.speak()
    net.shows(calls=3, streams=3, ports=3)
    other.call.bye()
    talk.speak()
    net.shows(calls=2, streams=2, ports=2)

    # Right Call-ID, wrong tags; then a wrong Call-ID.
    for call_id in (talk.call.id, "nobody@example.com"):
        stray = Leg(phone, provider, call_id)
        stray.remote_tag = "nobody"
        stray.request("BYE")
        msg = provider.message("stray BYE")
        Leg(provider, phone, call_id).respond(msg, 200)
        phone.message("200 to the stray BYE")
        talk.speak()
    net.shows(calls=2, streams=2)
    talk.call.bye()

    # Its media begins only now: what was agreed on in all that time still holds.
    rtp.both_ways(silent.two, silent.one)
    silent.call.bye()
    net.nothing_left()
