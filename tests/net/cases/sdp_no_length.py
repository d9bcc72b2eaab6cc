# SPDX-License-Identifier: GPL-2.0-or-later
"""A description without Content-Length over UDP (FIELD 3): followed, none added."""
from lib import check, rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "nat66")


def run(net):
    phone, provider = pair(net)
    call = Call(phone, provider)
    sent = call.a.request("INVITE", sip.sdp(phone.addr, 4000), length=False)
    got = call.b.take_request("INVITE")
    check.equal(got.get("Content-Length"), None, "Content-Length at the provider")
    line, = got.media
    check.same_bytes(got.data, sip.translated(
        sent, *((net.text(at + "192.168.1.10"), net.text(at + "203.0.113.1"))
                for at in ("UDP ", "anna@", "IP4 ")),
        ("audio 4000", f"audio {line.port}")), "INVITE")
    call.invite_got = got
    answer = call.respond(200, sip.sdp(provider.addr, 40000))
    call.ack()
    one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.provider, 40000)
    one.told(answer.media[0])
    two.told(line)
    rtp.both_ways(two, one)
    call.bye()
    net.nothing_left()
