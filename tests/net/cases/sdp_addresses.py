# SPDX-License-Identifier: GPL-2.0-or-later
"""Addresses in a description: only the phone's own are ours.

A foreign o= is kept (FIELD 12); a session c= is not overwritten by the address
of the last media (FIELD 9); a media c= is translated where it is ours; somebody
else's address is neither translated nor opened.
"""
from lib import check, rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "nat66")


def run(net):
    phone, provider = pair(net)

    call = Call(phone, provider)
    foreign = net.text("IP4 192.0.2.44").split()[1]
    offer, answer = call.establish(sip.sdp(phone.addr, 4000, origin=foreign),
                                   sip.sdp(provider.addr, 40000))
    check.true(f" {foreign}\r\ns=".encode() in offer.body, "a foreign o= was rewritten")
    check.equal(offer.media[0].addr, phone.face, "c= at the provider")
    call.bye()

    # Session c= is the phone, one media elsewhere: each keeps its own.
    call = Call(phone, provider)
    body = sip.sdp(phone.addr, media=["m=audio 4000 RTP/AVP 0", "m=video 5000 RTP/AVP 96",
                                      net.text("c=IN IP4 192.0.2.77")])
    reply = sip.sdp(provider.addr, media=["m=audio 40000 RTP/AVP 0", "m=video 40100 RTP/AVP 96"])
    offer, answer = call.establish(body, reply)
    audio, video = offer.media
    check.equal(audio.addr, phone.face, "audio at the provider")
    other = net.text("IP4 192.0.2.77").split()[1]
    check.equal(video.rtp, (other, 5000), "foreign video at the provider")
    net.shows(streams=1, ports=1, media_foreign=1)
    one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.provider, 40000)
    one.told(answer.media[0])
    two.told(audio)
    rtp.both_ways(two, one)
    call.bye()

    # No session c=, one in each media.
    call = Call(phone, provider)
    own = net.text("c=IN IP4 192.168.1.10")
    body = sip.sdp(phone.addr, media=["m=audio 4000 RTP/AVP 0", own,
                                      "m=video 5000 RTP/AVP 96", own])
    body = body.replace(f"{own}\r\nt=".encode(), b"t=")
    offer, _ = call.establish(body, reply)
    check.equal([line.addr for line in offer.media], [phone.face] * 2, "addresses at the provider")
    check.true(own.encode() not in offer.body, "an address is private")
    net.shows(streams=2, ports=2)
    call.bye()
    net.nothing_left()
