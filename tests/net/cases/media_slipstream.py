# SPDX-License-Identifier: GPL-2.0-or-later
"""Slipstreaming: somebody outside makes an inside host say what opens ports.

A page in a browser can send what looks like SIP, and its author answers it. It opens
nothing on another host, by session descriptions or REGISTER, and nothing below 1024.
Media that is not opened is counted.
"""
from lib import rtp, sip
from lib.register import Registration
from lib.ua import Agent, Call

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)


def shut(net, server, at, victim):
    server.send(rtp.packet(), at)
    victim.quiet(f"a packet to {at[1]}")
    net.shows(streams=0, pinholes=0, ports=0)


def run(net):
    browser, author = Agent(net.phone, "browser"), Agent(net.stranger, "author")
    victim, service = net.phone2.udp(4000), net.phone.udp(445)
    server = net.stranger.udp(40000)
    attempts = ((sip.sdp(net.phone2.addr, 4000), "media_foreign", victim),
                (sip.sdp(net.phone.addr, 445), "media_low_port", service),
                (sip.sdp(net.phone.addr, media=["m=audio 4000 RTP/AVP 0",
                                                f"c=IN IP{net.plan.family} {net.phone2.addr}"]),
                 "media_foreign", victim))
    counted = {}
    for body, counter, target in attempts:
        call = Call(browser, author)
        offer, _ = call.establish(body, sip.sdp(author.addr, 40000))
        counted[counter] = counted.get(counter, 0) + 1
        net.shows(calls=1, **counted)
        for at in ((net.phone.face, offer.media[0].port), (target.addr, target.port)):
            shut(net, server, at, target)
        call.bye()
        net.nothing_left()

    # The author offers, the browser's 200 names the victim.
    call = Call(browser, author)
    call.invite()
    call.respond(200, sip.sdp(author.addr, 40000))
    call.ack(sip.sdp(net.phone2.addr, 4000))
    net.shows(calls=1, streams=0, media_foreign=counted["media_foreign"] + 1)
    call.bye()
    net.nothing_left()

    # A binding of another host, and of a service.
    for host, port in ((net.phone2, 4000), (net.phone, 445)):
        reg = Registration(browser, author, [f"<sip:x@{sip.uri_host(host.addr)}:{port}>"])
        reg.answer(reg.ask())
        net.shows(registrations=0, pinholes=0)
