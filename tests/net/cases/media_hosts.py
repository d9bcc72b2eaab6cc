# SPDX-License-Identifier: GPL-2.0-or-later
"""A PBX that lets its phones talk directly (media-hosts).

The PBX names a phone's address in its own description. Without the setting that
is media of somebody else: counted, and nothing opens. With it the phone's port is
translated and opened, delivered to that phone, heard from where the description
says, and ends with the call; a host that is not listed stays foreign.
"""
from lib import check, rtp, sip
from lib.ua import Agent, Call

PLANS = ("ip4", "ip6", "nat66", "watch-routed")


def direct(net, pbx, provider, host):
    """A call of the PBX whose media is at another host inside."""
    call = Call(pbx, provider)
    body = sip.sdp(host.addr, 4000, origin=pbx.addr)
    offer, answer = call.establish(body, sip.sdp(provider.addr, 40000))
    one, two = rtp.Endpoint(host, 4000), rtp.Endpoint(net.provider, 40000)
    one.told(answer.media[0])
    two.told(offer.media[0])
    return call, one, two


def done(call, one, two):
    call.bye()
    one.close()
    two.close()


def run(net):
    pbx, provider = Agent(net.phone, "pbx"), Agent(net.provider, "trunk")
    call, one, two = direct(net, pbx, provider, net.phone2)
    net.shows(calls=1, streams=0, media_foreign=1)
    two.rtp.send(rtp.packet(), two.peer.rtp if net.plan.untouched else (net.public, 4000))
    one.rtp.quiet("RTP of media that was not opened")
    done(call, one, two)

    listed = f"{net.phone2.addr}/{32 if net.plan.family == 4 else 128}"
    net.set("media-hosts", listed)
    if net.ours:
        check.equal(net.tool("show", "config")["config"]["media_hosts"], [listed], "media-hosts")
    for first in (True, False):
        call, one, two = direct(net, pbx, provider, net.phone2)
        net.shows(calls=1, streams=1, ports=1, media_foreign=1)
        check.equal(two.peer.addr, net.phone2.face, "address that the provider was told")
        net.in_pool(two.peer.port)
        rtp.both_ways(*(one, two) if first else (two, one))
        thief = net.stranger.udp(40000)
        thief.send(rtp.packet(), two.peer.rtp)
        one.rtp.quiet("RTP of a stranger")
        thief.close()
        rtp.both_ways(one, two)
        done(call, one, two)
        net.nothing_left()

    # The PBX itself as before, and nobody else.
    call, one, two = direct(net, pbx, provider, net.phone)
    rtp.both_ways(two, one)
    done(call, one, two)
    net.set("media-hosts", "192.0.2.0/24,2001:db8:ffff::/48")
    call, one, two = direct(net, pbx, provider, net.phone2)
    net.shows(streams=0, media_foreign=2)
    done(call, one, two)
    net.set("media-hosts", "none")
    if net.ours:
        check.equal(net.tool("show", "config")["config"]["media_hosts"], [], "media-hosts")
