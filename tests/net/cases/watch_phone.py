# SPDX-License-Identifier: GPL-2.0-or-later
"""Watch mode: a phone behind masquerade that writes its public address itself.

As by STUN or by hand. No byte changes at either end. The phone's media goes out
as a child of the call; nobody comes in but by the mapping of what it sent. Calls
and streams are shown all the same.
"""
from lib import check, rtp, sip
from lib.register import register
from lib.ua import Agent, Talk

HELPERS = ("sipfast",)
PLANS = ("watch",)


class Clever(Agent):
    """A phone that knows the router's address."""

    @property
    def name(self):
        return self.face


def run(net):
    phone, provider = Clever(net.phone, "anna"), Agent(net.provider, "bob")
    thief = net.stranger.udp(40000)
    # Another port each time: what comes to a port that is closed is a connection
    # to the router, and masquerade would find the mapping taken.
    for number, port in enumerate((4000, 4010)):
        talk = Talk(phone, provider, (port, 40000), descriptions=(
            sip.sdp(net.public, port), sip.sdp(provider.addr, 40000)))
        net.shows(calls=1, streams=1, ports=0, sip_rewritten=0)

        # Before the phone sends, there is no way in: for nobody.
        thief.send(rtp.packet(), (net.public, port))
        talk.one.rtp.quiet("RTP of a stranger")
        for end in ("rtp", "rtcp"):
            data = rtp.packet() if end == "rtp" else rtp.report()
            getattr(talk.one, end).send(data, getattr(talk.one.peer, end))
            getattr(talk.two, end).expect(data, getattr(talk.two.peer, end), end.upper())
        talk.speak()
        thief.send(rtp.packet(), (net.public, port))
        talk.one.rtp.quiet("RTP of a stranger")

        children = [flow for flow in net.conntrack() if flow.get("helper") == "sipfast-media"]
        check.equal(len(children), 2, "connections with helper sipfast-media")
        check.true(all(flow["src"] == phone.addr for flow in children), f"{children}")
        check.equal(net.heard(), [[4, 3], [2, 1]], "packets of the streams")
        talk.call.bye(talk.call.b if number else talk.call.a)
        net.nothing_left(sip_rewritten=0)
        rtp.deaf(talk.two, talk.one, "RTP after the call")
        talk.close()

    contact = register(phone, provider)
    check.equal(contact, (net.public, 5060), "registered contact")
    net.shows(registrations=1, sip_rewritten=0)
