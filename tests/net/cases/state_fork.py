# SPDX-License-Identifier: GPL-2.0-or-later
"""A call that forks: two early dialogs, each with an answer of its own.

Both may send early media to the one offer. One answers; the other's dialog ends
by its own BYE, and takes only its own media away.
"""
from lib import rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "watch-routed")


def run(net):
    phone, provider = pair(net)
    call = Call(phone, provider)
    line = call.invite(sip.sdp(phone.addr, 4000)).media[0]
    one = rtp.Endpoint(net.phone, 4000)
    branches = []
    for tag, host, port in (("desk", net.provider, 40000), ("cell", net.gateway, 40100)):
        call.a.remote_tag = ""
        answer = call.respond(183, sip.sdp(host.addr, port), tag=tag)
        two = rtp.Endpoint(host, port)
        two.told(line)
        branches.append((tag, two, answer.media[0]))
    net.shows(calls=1, streams=2, ports=1)
    for _, two, media in branches + branches:
        one.told(media)
        rtp.both_ways(two, one)

    # Both answer at the same time; the phone keeps the first, and ends the other.
    for tag, two, media in branches:
        call.a.remote_tag = ""
        call.respond(200, tag=tag)
        call.send(call.a, "ACK", cseq=1)
    call.bye()
    net.shows(calls=1, streams=1, ports=1)
    one.told(branches[1][2])
    rtp.deaf(branches[1][1], one, "RTP of the branch that ended")
    one.told(branches[0][2])
    rtp.both_ways(branches[0][1], one)
    call.a.remote_tag = "desk"
    call.bye()
    net.nothing_left()
