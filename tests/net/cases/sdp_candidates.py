# SPDX-License-Identifier: GPL-2.0-or-later
"""ICE: candidates get the mapping of c=, m= and a=rtcp (FIELD 16), and back.

The phone's host candidates and related addresses are translated as the lines
that they belong to; those of others, names, TCP, and ports without a mapping stay
as they are. What the provider says of the phone's candidates is the phone's own
again. Media of both bundled lines flows.
"""
from lib import check, rtp, sip
from lib.ua import Call, pair

PLANS = ("ip4", "nat66")


def candidates(net, *texts):
    """Their lines; unlike in URIs, IPv6 has no brackets."""
    return ["a=candidate:" + net.text(text).replace("[", "").replace("]", "") for text in texts]


def mapped(net, addr):
    """Those of the first line that have a mapping."""
    return candidates(
        net, f"1 1 UDP 2130706431 {addr} 4000 typ host generation 0",
        f"1 2 udp 2130706430 {addr} 4005 typ host",
        f"2 1 UDP 1694498815 192.0.2.99 3551 typ srflx raddr {addr} rport 4000")


def kept(net, addr):
    """Those that have none."""
    return candidates(
        net, "3 1 UDP 2130706000 4f1c9a7e.local 4000 typ host",
        f"4 1 TCP 1019216383 {addr} 9 typ host tcptype active",
        f"5 1 UDP 2130705000 {addr} 4444 typ host",
        "6 1 UDP 2130704000 192.168.9.9 4000 typ host",
        "7 1 UDP 1 192.0.2.99 3552 typ relay raddr 0.0.0.0 rport 0",
        f"broken {addr} 4000")


def describe(net, addr):
    """The second line has a port of its own, and is bundled with the first."""
    return sip.sdp(addr, media=[
        "m=audio 4000 RTP/AVP 0", "a=rtcp:4005", *mapped(net, addr), *kept(net, addr),
        "m=video 5000 RTP/AVP 96",
        *candidates(net, f"1 1 UDP 2130706431 {addr} 5000 typ host",
                    f"9 1 UDP 2130706431 {addr} 4000 typ host")])


def run(net):
    phone, provider = pair(net)
    call = Call(phone, provider)
    sent = describe(net, phone.addr)
    answer = sip.sdp(provider.addr, media=["m=audio 40000 RTP/AVP 0", "m=video 40100 RTP/AVP 96"])
    offer, answered = call.establish(sent, answer)
    audio, video = offer.media
    net.in_pool(audio.port)
    own, public, pub = phone.addr, net.public, audio.port
    want = sent
    for was, now in ((f"IP4 {own}", f"IP4 {public}"), (f"IP6 {own}", f"IP6 {public}"),
                     ("audio 4000", f"audio {pub}"), ("video 5000", f"video {video.port}"),
                     ("a=rtcp:4005", f"a=rtcp:{pub + 1}"),
                     (f"UDP 2130706431 {own} 4000", f"UDP 2130706431 {public} {pub}"),
                     (f"udp 2130706430 {own} 4005", f"udp 2130706430 {public} {pub + 1}"),
                     (f"raddr {own} rport 4000", f"raddr {public} rport {pub}"),
                     (f"UDP 2130706431 {own} 5000", f"UDP 2130706431 {public} {video.port}")):
        want = want.replace(was.encode(), now.encode())
    check.same_bytes(offer.body, want, "offer at the provider")

    one, two = rtp.Endpoint(net.phone, 4000, 4005), rtp.Endpoint(net.provider, 40000)
    one.told(answered.media[0])
    two.told(audio)
    rtp.both_ways(two, one)

    # The provider chose: it names the phone's candidates as it knows them.
    other = "192.0.2.99" if net.plan.family == 4 else "2001:db8:c000::99"
    named = "a=remote-candidates:1 {} {} 2 {} {} 1 " + other + f" 3551 1 {public} 9999"
    body = sip.sdp(provider.addr, media=[
        "m=audio 40000 RTP/AVP 0", named.format(public, pub, public, pub + 1)])
    asked, _ = call.transaction(call.b, "INVITE", body, answer=sip.sdp(own, media=[
        "m=audio 4000 RTP/AVP 0", "a=rtcp:4005"]))
    check.same_bytes(asked.body, body.replace(
        named.format(public, pub, public, pub + 1).encode(),
        named.format(own, 4000, own, 4005).encode()), "offer at the phone")
    call.ack(leg=call.b)
    call.bye()
    net.nothing_left()
