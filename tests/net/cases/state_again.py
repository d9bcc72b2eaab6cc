# SPDX-License-Identifier: GPL-2.0-or-later
"""Every message of a call twice, and late: nothing changes by the second one.

The copy is translated as the first was. An INVITE and its 200 that come once
more after the media has moved do not move it back; nor does the failure of an
INVITE that was tried again end the call.
"""
from lib import check, rtp, sip
from lib.ua import Call, Talk
from lib.ways import ways

PLANS = ("ip4", "ip6", "nat66")


class Twice(Call):
    """Every message is sent a second time, and both copies arrive alike."""

    def send(self, leg, method, body=b"", **more):
        got = super().send(leg, method, body, **more)
        self.repeat(leg, leg.sent, leg.target, got)
        return got

    def back(self, leg, msg, status, body=b"", **more):
        got = super().back(leg, msg, status, body, **more)
        self.repeat(leg, leg.sent, msg.source, got)
        return got

    def repeat(self, leg, data, where, first):
        leg.agent.send(data, where)
        second = self.other(leg).agent.message("a retransmission")
        check.same_bytes(second.data, first.data, f"retransmission of {first.start!r}")


class Late(Talk):
    """Keeps the bytes of its first INVITE."""

    invite = None

    def up(self, ports, descriptions=None):
        make = self.call.a.make

        def keep(method, *args, **more):
            data = make(method, *args, **more)
            self.invite = self.invite or data
            return data

        self.call.a.make = keep
        super().up(ports, descriptions)


def twice(net, caller, callee, target):
    """A whole call; a message that is sent again after the end is nobody's."""
    call = Twice(caller, callee, target)
    offer, answer = call.establish(sip.sdp(caller.addr, 4000), sip.sdp(callee.addr, 40000))
    ends = rtp.Endpoint(caller.host, 4000), rtp.Endpoint(callee.host, 40000)
    ends[0].told(answer.media[0])
    ends[1].told(offer.media[0])
    rtp.both_ways(*ends)
    net.shows(calls=1, streams=1, ports=1)
    call.transaction(call.b, "INVITE", sip.sdp(callee.addr, 40000),
                     answer=sip.sdp(caller.addr, 4000))
    call.ack(leg=call.b)
    rtp.both_ways(*ends)
    call.transaction(call.a, "UPDATE", sip.sdp(caller.addr, 4000), 488)
    rtp.both_ways(*ends)
    net.shows(calls=1, streams=1, ports=1)
    call.bye()
    net.nothing_left()
    for end in ends:
        end.close()


def late(net, caller, callee, target):
    """INVITE and 200 of the beginning, after the media has moved."""
    talk = Late(caller, callee, target=target)
    call = talk.call
    talk.speak()
    first = call.invite_got
    asked, back = call.transaction(call.a, "INVITE", sip.sdp(caller.addr, 4200),
                                   answer=sip.sdp(callee.addr, 40200))
    call.ack()
    moved = rtp.Endpoint(caller.host, 4200), rtp.Endpoint(callee.host, 40200)
    moved[0].told(back.media[0])
    moved[1].told(asked.media[0])
    rtp.both_ways(*moved)

    caller.send(talk.invite, target or callee.at)
    callee.message("the first INVITE once more")
    ok = call.b.reply(first, 200, sip.sdp(callee.addr, 40000))
    callee.send(ok, first.source)
    caller.message("its 200 once more")
    rtp.both_ways(*moved)
    net.shows(calls=1, streams=1, ports=1)
    call.bye()
    net.nothing_left()
    for end in moved + (talk.one, talk.two):
        end.close()


def failed(net, caller, callee, target):
    """A challenge to the first INVITE, once more after the second one rings."""
    call = Call(caller, callee, target)
    first = call.invite(sip.sdp(caller.addr, 4000))
    call.respond(407, tag="proxy")
    call.a.remote_tag = "proxy"
    call.ack()
    call.a.remote_tag = ""
    offer = call.invite(sip.sdp(caller.addr, 4000)).media[0]
    for status in (407, 486):
        callee.send(call.b.reply(first, status, tag="proxy"), first.source)
        caller.message("a failure of the first INVITE")
        net.shows(calls=1, ports=0 if target else 1)
    call.respond(180)
    answer = call.respond(200, sip.sdp(callee.addr, 40000)).media[0]
    call.ack()
    ends = rtp.Endpoint(caller.host, 4000), rtp.Endpoint(callee.host, 40000)
    ends[0].told(answer)
    ends[1].told(offer)
    rtp.both_ways(*ends)
    call.bye()
    net.nothing_left()
    for end in ends:
        end.close()


def run(net):
    for way in ways(net):
        twice(net, *way)
        late(net, *way)
        failed(net, *way)
