# SPDX-License-Identifier: GPL-2.0-or-later
"""A call over TCP that is watched: no byte changes, its media opens, BYE ends it.

Keepalives (RFC 5626) between the messages. The phone's media goes out, and the
provider's comes back to where the phone's came from.
"""
from lib import rtp, sip
from lib.tcp import pair
from lib.ua import Call

HELPERS = ("sipfast",)
PLANS = ("ip4", "ip6", "routed", "watch", "watch6")


def run(net):
    phone, provider = pair(net)
    for a, b in ((phone, provider), (provider, phone)):
        call = Call(a, b)
        one, two = rtp.Endpoint(a.host, 4000, addr=a.addr), rtp.Endpoint(b.host, 40000, addr=b.addr)
        a.line.send(b"\r\n\r\n")
        offer, answer = call.establish(sip.sdp(a.addr, 4000), sip.sdp(b.addr, 40000))
        net.shows(calls=1, streams=1, sip_rewritten=0)
        one.told(answer.media[0])
        two.told(offer.media[0])
        inside, outside = (one, two) if a is phone else (two, one)
        # As a phone does that learns its address by STUN, or is not translated.
        outside.peer.addr = outside.peer.rtcp_addr = net.phone.face
        for end in ("rtp", "rtcp"):
            data = rtp.packet() if end == "rtp" else rtp.report()
            getattr(inside, end).send(data, getattr(inside.peer, end))
            getattr(outside, end).expect(data, getattr(outside.peer, end), end.upper())
        rtp.both_ways(inside, outside)
        call.bye(call.a if a is phone else call.b)
        net.nothing_left()
        one.close()
        two.close()
    phone.line.same()
    provider.line.same()
    net.shows(call_new=2, tcp_split=0, tcp_inside=0)
