# SPDX-License-Identifier: GPL-2.0-or-later
"""What a PBX inside does, whatever makes it reachable: calls of its trunk, which
knows it by its address and registers nowhere, and phones outside that register
at it."""
from . import check, rtp, sip
from .register import Registration
from .ua import Agent, Talk


class Pbx:
    """The PBX, its trunk and its remote phone; `at` is where outside calls it."""

    def __init__(self, net, at):
        self.net, self.at = net, at
        self.agent = Agent(net.pbx, "pbx")
        self.trunk = Agent(net.provider, "trunk")
        self.remote = Agent(net.remote, "rita", 5070)

    def private(self, msg, what):
        """Nothing but the Call-ID names the PBX inside, if it is translated."""
        if self.net.plan.nat:
            rest = msg.data.replace(f"Call-ID: {msg.get('Call-ID')}".encode(), b"")
            check.true(self.agent.addr.encode() not in rest,
                       f"{what} names {self.agent.addr}: {rest!r}")

    def sides(self, talk):
        """(outside, inside)"""
        ends = talk.one, talk.two
        return ends[::-1] if talk.one.rtp.host is self.net.pbx else ends

    def speak(self, talk):
        """Audio both ways, the outside first; no stranger; the BYE closes it."""
        outside, inside = self.sides(talk)
        self.net.shows(calls=1, streams=1)
        rtp.both_ways(outside, inside)
        rtp.both_ways(inside, outside)
        self.net.in_pool(outside.peer.port)
        thief = self.net.stranger.udp(40000)
        for at in (outside.peer.rtp, outside.peer.rtcp):
            thief.send(rtp.packet(), at)
        inside.rtp.quiet("RTP of a stranger")
        inside.rtcp.quiet("RTCP of a stranger")
        thief.close()

    def over(self, talk, leg, **tables):
        talk.call.bye(leg)
        self.net.nothing_left(**tables)
        rtp.deaf(*self.sides(talk), "RTP after the BYE")
        self.net.flush()
        talk.close()

    def call_in(self, caller, **tables):
        """To the PBX, which is also the proxy that wants to stay in the dialog."""
        talk = Talk(caller, self.agent, (40000, 12000), target=self.at)
        call = talk.call
        check.true(f"@{self.agent.name}:5060" in call.invite_got.start,
                   f"Request-URI at the PBX: {call.invite_got.start}")
        self.private(call.a.got, "the 200")
        check.equal(call.a.target, self.at, "Contact of the PBX")
        self.speak(talk)
        moved, _ = call.transaction(call.b, "INVITE", sip.sdp(self.agent.addr, 12000),
                                    answer=sip.sdp(caller.addr, 40000),
                                    extra=[("Record-Route", f"<sip:{self.agent.name};lr>")])
        call.ack(leg=call.b)
        self.private(moved, "a re-INVITE of the PBX")
        self.speak(talk)
        self.over(talk, call.a, **tables)

    def call_out(self, callee, target=None, **tables):
        talk = Talk(self.agent, callee, (12000, 40000), target=target)
        self.private(talk.call.invite_got, "the INVITE")
        check.equal(talk.call.invite_got.source, self.at, "source of the INVITE")
        self.speak(talk)
        self.over(talk, talk.call.b, **tables)

    def run(self):
        """Everything, both ways, and again when conntrack has forgotten the flows."""
        self.call_in(self.trunk)
        self.call_out(self.trunk)
        self.call_in(self.trunk)

        reg = Registration(self.remote, self.agent)
        reg.leg.target = self.at
        self.remote_registers(reg)
        bound = {"registrations": 1, "pinholes": 1}
        self.call_out(self.remote, **bound)
        self.call_in(self.remote, **bound)
        self.call_in(self.trunk, **bound)
        reg.refresh(0)
        self.net.nothing_left(registrations=0)

    def remote_registers(self, reg):
        msg = reg.ask()
        self.private(reg.answer(msg, 401), "the 401")
        reg.leg.target = self.at
        msg = reg.ask()
        check.equal(sip.host_port(msg.get("Contact")), self.remote.at, "registered contact")
        self.private(reg.answer(msg), "the 200 to REGISTER")
        reg.leg.target = self.at
        self.net.shows(registrations=1, registration_new=1)
