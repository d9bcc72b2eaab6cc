# SPDX-License-Identifier: GPL-2.0-or-later
"""A call that switches to T.38: the image's packets take the fast path, too.

And audio does when it switches back; what was promoted before is given back.
"""
from lib import check, fast, rtp, sip
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)


class Fax:
    """Two ends of T.38, whose packets are no RTP."""

    def __init__(self, one, two):
        self.one, self.two, self.number = one, two, 0

    def speak(self):
        for _ in range(3):
            for src, dst in ((self.one, self.two), (self.two, self.one)):
                # A sequence number, and a primary IFP packet of its own length.
                data = self.number.to_bytes(2, "big") + b"\x06\xc0\x01\x80\0\0\xff\0\0"
                self.number += 1
                src.rtp.send(data, src.peer.rtp)
                dst.rtp.expect(data, dst.peer.rtp, "T.38")


def fax(addr, port):
    return sip.sdp(addr, media=[f"m=image {port} udptl t38"])


def reinvite(talk, offer, answer, ends):
    asked, back = talk.call.transaction(talk.call.b, "INVITE", offer, answer=answer)
    talk.call.ack(leg=talk.call.b)
    ends[0].told(asked.media[0])
    ends[1].told(back.media[0])


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    ends = rtp.Endpoint(net.phone, 4100), rtp.Endpoint(net.provider, 40100)
    reinvite(talk, fax(provider.addr, 40100), fax(phone.addr, 4100), ends)
    net.shows(fast_promoted=4, fast_demoted=4, streams=1)

    image = Fax(*ends)
    image.speak()
    fast.settle()
    image.speak()
    fast.wait(net)
    check.equal(net.tool("show", "streams")["streams"][0]["type"], "image", "type")
    check.equal(fast.moved(net, image.speak), [(3, 3)] * 2, "counted, fast")
    net.shows(fast_promoted=6, fast_not_media=0)

    reinvite(talk, sip.sdp(provider.addr, 40000), sip.sdp(phone.addr, 4000),
             (talk.one, talk.two))
    net.shows(fast_demoted=6, streams=1)
    fast.promote(net, talk)
    fast.takes(net, talk)
    talk.call.bye()
    net.shows(fast_promoted=10, fast_demoted=10)
    net.nothing_left()
