# SPDX-License-Identifier: GPL-2.0-or-later
"""ICMP errors about SIP and RTP reach whoever sent the packet, and quote it as sent.

Nobody listens at the provider, then at the phone: each time the error comes to
the right host, with right checksums, and the quoted addresses and ports are those
that the sender wrote. An error is never read as SIP, although it quotes some.
"""
from lib import check, rtp, sip
from lib.capture import Capture
from lib.ua import Agent, Leg, Talk

PLANS = ("ip4", "ip6", "nat66")


def quoted(capture, what):
    """The one error that comes: (its source, quoted source, quoted target)."""
    found = []

    def came():
        found.extend(capture.errors())
        return found

    check.until(came, f"an ICMP error about {what}")
    check.equal(len(found), 1, f"ICMP errors about {what}")
    found[0].judge()
    return found[0].src, found[0].quote.source, found[0].quote.target


def signalling(net, provider):
    phone = Agent(net.phone, "anna")
    leg = Leg(phone, provider, "errors@example.com")
    leg.request("OPTIONS")
    msg, way = provider.receive("OPTIONS")
    net.shows(sip_seen=1)
    at_phone, at_provider = Capture(net.phone), Capture(net.provider)

    # Outwards.
    provider.close()
    leg.request("OPTIONS", sip.sdp(phone.addr, 4000))
    check.equal(quoted(at_phone, "a request"),
                (net.provider.addr, phone.at, (net.provider.addr, 5060)), "error at the phone")
    net.shows(sip_seen=2)

    # Inwards: a response to nobody.
    provider = Agent(net.provider, "bob")
    phone.close()
    Leg(provider, phone, "errors@example.com").respond(sip.Message(msg, way), 200)
    source, was, to = quoted(at_provider, "a response")
    check.equal((source, was, to), (net.phone.face, provider.at, way), "error at the provider")
    net.shows(sip_seen=3)
    check.equal((at_phone.errors(), at_provider.errors()), ([], []), "errors to others")
    return provider


def media(net, provider):
    phone = Agent(net.phone, "anna", 5070)
    talk = Talk(phone, provider)
    talk.speak()
    before = net.stats()["sip-seen"] if net.ours else 0
    at_phone, at_provider = Capture(net.phone), Capture(net.provider)

    talk.two.rtp.close()
    talk.one.rtp.send(rtp.packet(), talk.one.peer.rtp)
    check.equal(quoted(at_phone, "RTP out"),
                (net.provider.addr, talk.one.rtp.at, (net.provider.addr, 40000)),
                "error at the phone")

    talk.one.rtp.close()
    again = net.provider.udp(40000)
    again.send(rtp.packet(), talk.two.peer.rtp)
    check.equal(quoted(at_provider, "RTP in"),
                (net.phone.face, again.at, talk.two.peer.rtp), "error at the provider")
    check.equal((at_phone.errors(), at_provider.errors()), ([], []), "errors to others")
    net.shows(calls=1, streams=1, sip_seen=before)
    talk.call.bye()
    net.nothing_left()


def run(net):
    provider = signalling(net, Agent(net.provider, "bob"))
    media(net, provider)
