# SPDX-License-Identifier: GPL-2.0-or-later
"""Thousands of damaged messages, both ways; SEED and LONG=1 make others and more.

Each arrives. Either no byte changed, or nothing but addresses, with the lengths
and checksums that follow; tshark reads a sample of these. The tables stay in
their bounds, go with the module, and a call works afterwards.
"""
import os
import struct
import subprocess
from pathlib import Path

from lib import check, module, sip, torture
from lib.capture import Capture
from lib.mutate import Mutator
from lib.register import Registration
from lib.ua import Call, Talk, pair

HELPERS = ("sipfast",)
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


def pcap(packets, path):
    """As tshark reads them: raw IP."""
    with open(path, "wb") as file:
        file.write(struct.pack("=IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101))
        for packet in packets:
            data = packet.data[:packet.length]
            file.write(struct.pack("=IIII", 0, 0, len(data), len(data)) + data)


def tshark(packets):
    """Checksums by another reader, and SIP that it recognises."""
    path = Path("/tmp/torture.pcap")
    pcap(packets, path)
    done = subprocess.run(["tshark", "-r", path, "-o", "udp.check_checksum:TRUE", "-T", "fields",
                           "-e", "udp.checksum.status", "-e", "sip.CSeq"],
                          capture_output=True, text=True, check=False)
    check.equal(done.returncode, 0, "tshark's status: " + done.stderr[-300:])
    # What was mutated may hold what Python takes for the end of a line.
    lines = done.stdout.split("\n")[:-1]
    check.equal(len(lines), len(packets), "packets that tshark reads")
    bad = [number for number, line in enumerate(lines) if line.split("\t")[0] not in ("1", "Good")]
    check.equal(bad, [], "packets of which tshark dislikes the checksum")
    known = sum(1 for line in lines if line.partition("\t")[2])
    check.true(known > len(lines) // 2, f"tshark finds SIP in {known} of {len(lines)}")


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
    tshark(torturer.sample)

    found = torturer.bounded()
    # A description may be counted besides its message.
    judged = found["sip-seen"] + sum(value for name, value in found.items()
                                     if name.startswith("parse-"))
    check.true(judged >= COUNT, f"{judged} of {COUNT} were counted")
    check.true(found["call-new"] > 5, f"{found['call-new']} calls")
    if LONG > 1:
        check.until(lambda: not any(net.stats()[name] for name in ("calls", "streams", "ports")),
                    "the calls end", 60)
    net.unload()
    check.until(module.remove, "unloaded")
    net.no_media()
    net.load()
    net.nothing_left(registrations=0)
    talk = Talk(phone, provider)
    talk.speak()
    talk.call.bye()
    net.nothing_left()
