# SPDX-License-Identifier: GPL-2.0-or-later
"""Descriptions that take part in no call name nobody inside either (FIELD 19).

What a phone says that it could do, in the answer to OPTIONS or in a 488, and a
description in a MESSAGE: addresses are translated, ports stay, nothing is opened.
"""
from lib import check, sip
from lib.ua import Call, Leg, pair

PLANS = ("ip4", "nat66")


def run(net):
    phone, provider = pair(net)
    body = sip.sdp(phone.addr, media=["m=audio 0 RTP/AVP 0", "m=video 5000 RTP/AVP 96"])
    want = body.replace(phone.addr.encode(), phone.face.encode())

    call = Call(phone, provider)
    asked = call.send(call.a, "MESSAGE", body)
    check.same_bytes(asked.body, want, "MESSAGE at the provider")
    call.back(call.b, asked, 200)

    options = Leg(provider, phone, "capabilities", asked.source)
    asked = Leg(phone, provider, "capabilities")
    options.request("OPTIONS")
    asked.respond(asked.take_request("OPTIONS"), 200, body)
    check.same_bytes(options.take_response(200).body, want, "the 200 at the provider")

    call = Call(provider, phone, call.b.target)
    call.invite(sip.sdp(provider.addr, 40000))
    refused = call.respond(488, body)
    check.same_bytes(refused.body, want, "the 488 at the provider")
    net.nothing_left()
