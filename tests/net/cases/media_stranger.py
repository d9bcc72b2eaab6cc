# SPDX-License-Identifier: GPL-2.0-or-later
"""Who may send media in: the announced address from any port, and nobody else.

Before the answer nobody. With media-source any, everybody; and after the call
nobody again. The phone's other ports stay shut.
"""
from lib import rtp, sip
from lib.ua import Call, Talk, pair

PLANS = ("ip4", "ip6", "nat66", "watch-routed")


def run(net):
    phone, provider = pair(net)
    inside = net.phone.udp(4000)

    call = Call(phone, provider)
    line = call.invite(sip.sdp(phone.addr, 4000)).media[0]
    net.provider.udp(40000).send(rtp.packet(), line.rtp)
    inside.quiet("RTP before the answer")
    call.respond(486)
    call.ack()
    net.provider.ports.pop().sock.close()
    inside.close()

    talk = Talk(phone, provider)
    thief = net.stranger.udp(40000)
    for port in (talk.two.peer.port, talk.two.peer.rtcp_port):
        thief.send(rtp.packet(), (phone.face, port))
    talk.one.rtp.quiet("RTP of a stranger")
    talk.one.rtcp.quiet("RTCP of a stranger")
    net.shows(pinhole_stranger=2)

    # The announced address, from a port that it did not announce.
    other = net.provider.udp(45678)
    data = rtp.packet()
    other.send(data, talk.two.peer.rtp)
    talk.one.rtp.expect(data, other.at, "RTP from another port")
    talk.one.rtp.send(data, other.at)
    other.expect(data, talk.two.peer.rtp, "RTP to another port")
    talk.speak()

    # Ports next to the open ones.
    for port in (talk.two.peer.port - 1, talk.two.peer.port + 2):
        other.send(rtp.packet(), (phone.face, port))
    talk.one.rtp.quiet("RTP to another port")
    talk.call.bye()
    net.nothing_left()
    talk.close()

    net.set("media-source", "any")
    if net.ours:
        talk = Talk(phone, provider)
        data = rtp.packet()
        anyone = net.stranger.udp(40002)
        anyone.send(data, talk.two.peer.rtp)
        talk.one.rtp.expect(data, anyone.at, "RTP from anywhere")
        talk.speak()
        talk.call.bye()
        anyone.send(data, talk.two.peer.rtp)
        talk.one.rtp.quiet("RTP after the call")
        net.nothing_left()
