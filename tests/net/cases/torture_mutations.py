# SPDX-License-Identifier: GPL-2.0-or-later
"""Thousands of damaged messages, both ways; SEED and LONG=1 make others and more.

Each arrives. Either no byte changed, or nothing but addresses, with the lengths
and checksums that follow; tshark reads a sample of these. The tables stay in
their bounds, go with the module, and a call works afterwards.
"""
import os

from lib import check, module, reader, sip, torture
from lib.capture import Capture
from lib.mutate import Mutator
from lib.register import Registration
from lib.ua import Call, Talk, pair

HELPERS = ("sipfast",)
ALIASES = 4     # of a connection: SF_ALIAS_FLOW
LONG = 10 if os.environ.get("LONG") else 1
COUNT = int(os.environ.get("MUTATIONS", "300" if check.DEBUG else "2500")) * LONG
SEED = int(os.environ.get("SEED", "1"))
SECONDS = 60 + COUNT // 10
LIMITS = {"calls": 50, "registrations": 20, "pinholes": 200}
SAMPLE = 150


def seeds(phone, provider):
    """Messages of a call and a registration, as each side writes them."""
    call = Call(phone, provider)
    call.invite(sip.sdp(phone.addr, 4000, attributes=["a=rtcp:4001"]))
    yield phone, call.a.sent
    call.respond(200, sip.sdp(provider.addr, 40000))
    yield provider, call.b.sent
    call.ack()
    yield phone, call.a.sent
    call.b.target = sip.host_port(call.invite_got.get("Contact"))
    asked = call.send(call.b, "INVITE", sip.sdp(provider.addr, 40010))
    yield provider, call.b.sent
    call.back(call.a, asked, 200, sip.sdp(phone.addr, 4000))
    yield phone, call.a.sent
    call.ack(leg=call.b)
    call.bye()
    yield phone, call.a.sent
    reg = Registration(phone, provider)
    reg.refresh(1)
    yield phone, reg.leg.sent
    yield provider, reg.server.sent


def independent(packets):
    """Checksums by another reader, and SIP that it recognises."""
    found = reader.read(packets)
    for packet in found:
        reader.sums(packet, "a mutation")
    known = sum("sip.CSeq" in packet for packet in found)
    check.true(known > len(found) // 2, f"tshark finds SIP in {known} of {len(found)}")


class Torturer:
    """Sends, receives, and judges."""

    def __init__(self, net, phone, provider, way):
        self.net = net
        self.judge = torture.Judge(phone.addr, net.public)
        self.ends = {phone: (provider, provider.at, Capture(net.provider)),
                     provider: (phone, way, Capture(net.phone))}
        self.edited, self.sample = 0, []

    def send(self, src, data, name):
        dst, to, capture = self.ends[src]
        src.send(data, to)
        got, _ = dst.receive(name)
        edited = self.judge.edited(data, got, name)
        packets = [packet for packet in capture.packets() if not packet.fragment]
        for packet in packets:
            packet.judge()
        self.edited += edited
        if edited and packets and len(self.sample) < SAMPLE:
            self.sample.append(packets[-1])

    def bounded(self):
        found = self.net.stats()
        for name, limit in LIMITS.items():
            check.true(found[name] <= limit, f"{found[name]} {name}")
        return found


def run(net):
    phone, provider = pair(net)
    net.set("call-limit", str(LIMITS["calls"]), "registration-limit",
            str(LIMITS["registrations"]), "pinhole-limit", str(LIMITS["pinholes"]),
            "setup-timeout", "32", "call-timeout", "32")
    phone.send(b"\r\n", provider.at)
    _, way = provider.receive("a keepalive")
    base = list(seeds(phone, provider))
    for _, data, _ in torture.corpus(".", "rfc4475"):
        base += [(phone, torture.own(data, phone.addr)), (provider, torture.own(data, net.public))]
    mutator = Mutator(SEED)
    torturer = Torturer(net, phone, provider, way)
    for number in range(COUNT):
        # Half of them damage what makes calls and media.
        src, data = base[mutator.rng.randrange(len(base) if number % 2 else 8)]
        torturer.send(src, mutator.damage(data), f"mutation {number} of seed {SEED}")
        if number % 200 == 0:
            torturer.bounded()
    check.true(torturer.edited > COUNT // 20, f"{torturer.edited} of {COUNT} were edited")
    independent(torturer.sample)

    found = torturer.bounded()
    # A description may be counted besides its message.
    judged = found["sip-seen"] + sum(value for name, value in found.items()
                                     if name.startswith("parse-"))
    check.true(judged >= COUNT, f"{judged} of {COUNT} were counted")
    check.true(found["call-new"] > 5, f"{found['call-new']} calls")
    if LONG > 1:
        check.until(lambda: not any(net.stats()[name] for name in ("calls", "streams")),
                    "the calls end", 60)
        # What stands for other ports of a phone lives as long as its connection.
        check.until(lambda: net.stats()["ports"] <= ALIASES, "the ports of calls are free", 10)
    net.unload()
    check.until(module.remove, "unloaded")
    net.no_media()
    net.load()
    net.nothing_left(registrations=0)
    talk = Talk(phone, provider)
    talk.speak()
    talk.call.bye()
    net.nothing_left()
