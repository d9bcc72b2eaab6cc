# SPDX-License-Identifier: GPL-2.0-or-later
"""A phone that knows its public address (STUN) and writes it.

Its messages keep their bytes where they name the mapping, and its media opens
through the mapping that it found, whatever port masquerading gave it: the phone's
packets leave from there, the answers come in, both are counted with the call and
end with it. Strangers stay out.
"""
from lib import check, rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "nat66")
HELPERS = ("sipfast",)


def found(port, server):
    """What a STUN server would tell it: where its packets come from."""
    port.send(b"\0\1\0\0", server.at)
    return server.receive("a binding request")[1]


def run(net):
    phone, provider = pair(net)
    one, two = rtp.Endpoint(net.phone, 4000), rtp.Endpoint(net.provider, 40000)
    # Another flow has the port that the phone's own would keep.
    taken = net.phone2.udp(4000)
    stun = net.gateway.udp(3478)
    found(taken, stun)
    at, rtcp = found(one.rtp, stun), found(one.rtcp, stun)
    check.true(at[1] != 4000, "the port that should have been taken")
    check.equal(at[0], net.public, "mapped address")

    body = sip.sdp(net.public, at[1], attributes=[f"a=rtcp:{rtcp[1]}"])
    call = Call(phone, provider)
    offer, answer = call.establish(body, sip.sdp(provider.addr, 40000))
    check.same_bytes(offer.body, body, "description with public addresses")
    net.shows(calls=1, streams=2, ports=0, media_foreign=0)
    one.told(answer.media[0])
    two.told(offer.media[0])
    rtp.both_ways(one, two)
    check.equal(net.heard(), [[3, 3], [1, 1]], "packets of the streams")
    thief = net.stranger.udp(40000)
    for port in (at[1], rtcp[1]):
        thief.send(rtp.packet(), (net.public, port))
    one.rtp.quiet("RTP of a stranger")
    one.rtcp.quiet("RTCP of a stranger")
    call.bye()
    net.shows(calls=0, streams=0, pinholes=0)
    net.router.run("conntrack", "-D", *net.family, "-p", "udp", "--dport", "3478")
    net.no_media()
