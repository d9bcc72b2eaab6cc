# SPDX-License-Identifier: GPL-2.0-or-later
"""A call in the fast path whose media moves, is held and comes back; nothing is lost.

What leaves by the old ports is given back with the answer, and not before; media
that stays where it was stays in the fast path.
"""
from lib import check, fast, rtp, sip
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)


class Ends:
    """Two media endpoints, in the words of a talk."""

    def __init__(self, one, two):
        self.one, self.two = one, two

    def speak(self):
        rtp.both_ways(self.one, self.two)


def stays(net, talk):
    """Session timers and refused changes are no reason to give anything back."""
    for status in (200, 488):
        asked = talk.call.send(talk.call.a, "INVITE", sip.sdp(talk.call.a.agent.addr, 4000 if
                                                              status == 200 else 4300))
        fast.takes(net, talk)
        talk.call.back(talk.call.b, asked, status,
                       sip.sdp(talk.call.b.agent.addr, 40000) if status == 200 else b"")
        talk.call.ack()
        fast.takes(net, talk)
    net.shows(fast_demoted=0)


def held(net, talk):
    """Music flows to the side that is held."""
    def agree(one, two):
        talk.call.transaction(
            talk.call.a, "INVITE", sip.sdp(talk.call.a.agent.addr, 4000, attributes=[one]),
            answer=sip.sdp(talk.call.b.agent.addr, 40000, attributes=[two]))
        talk.call.ack()
    agree("a=sendonly", "a=recvonly")
    moved = fast.moved(net, lambda: rtp.one_way(talk.one, talk.two))
    check.equal(moved, [(3, 4), (0, 0)], "counted, fast")
    agree("a=sendrecv", "a=sendrecv")
    fast.takes(net, talk)


def moves(net, talk):
    """Both sides take other ports, and the provider's another host."""
    call, before = talk.call, net.stats()
    ends = Ends(rtp.Endpoint(net.phone, 4200), rtp.Endpoint(net.gateway, 40200))
    asked = call.send(call.a, "INVITE", sip.sdp(net.phone.addr, 4200))
    fast.takes(net, talk)
    back = call.back(call.b, asked, 200, sip.sdp(net.gateway.addr, 40200))
    call.ack()
    ends.one.told(back.media[0])
    ends.two.told(asked.media[0])
    net.shows(fast_demoted=before["fast-demoted"] + 4)
    rtp.deaf(talk.two, talk.one, "RTP to the old port")
    fast.promote(net, ends)
    fast.takes(net, ends)

    # And back, by the other side's wish.
    asked, back = call.transaction(call.b, "INVITE", sip.sdp(net.provider.addr, 40000),
                                   answer=sip.sdp(net.phone.addr, 4000))
    call.ack(leg=call.b)
    talk.one.told(asked.media[0])
    talk.two.told(back.media[0])
    net.shows(fast_demoted=before["fast-demoted"] + 8)
    fast.promote(net, talk)
    fast.takes(net, talk)


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    for what in (stays, held, moves):
        what(net, talk)
    for way in fast.directions(net):
        check.equal(way["rtp"]["lost"], 0, "lost")
    talk.call.bye()
    net.nothing_left()
