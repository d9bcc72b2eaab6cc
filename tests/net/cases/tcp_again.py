# SPDX-License-Identifier: GPL-2.0-or-later
"""TCP, edited: segments that are sent again, with any boundaries, are the same.

A sender that loses its segments behind the router, and sends them again cut and
joined at random, in any order: the receiver has the edited stream, and says (also
by SACK) that it has what it has. What leaves a gap before it is dropped. Messages
grow or shrink, and the numbers wrap.
"""
import os
import random
import socket

from lib import check, sip
from lib.rawtcp import RawTcp, lose
from lib.tcp import Line
from lib.ua import Agent, Leg

SECONDS = 60
ROUNDS = int(os.environ.get("ROUNDS", "12" if check.DEBUG else "80"))
SEED = int(os.environ.get("SEED", "1"))
PORT = 6000
MSS = 1400


def listen(net):
    with net.provider:
        ears = socket.create_server((net.provider.addr, 5060))
    ears.settimeout(check.WAIT)
    return ears


class Sender:
    """Sends one stream, and knows how it has to arrive."""

    def __init__(self, net, rng, leg, own, seen):
        self.rng, self.own, self.seen = rng, own, seen
        self.raw = RawTcp(net.phone, (net.provider.addr, 5060), PORT, 2 ** 32 - 3000)
        ears = listen(net)
        self.raw.connect()
        self.line = Line(net.provider, ears.accept()[0])
        ears.close()
        self.leg = leg
        self.leg.via, self.leg.contact = own, f"<sip:anna@{own};transport=tcp>"
        self.out = self.arrives = b""
        self.early = 0

    def message(self):
        """One, and how it arrives when it is edited."""
        sent = self.leg.make("OPTIONS", b"x" * self.rng.randrange(100))
        return sent, sent.replace(self.own.encode() + b";", self.seen.encode() + b";")

    def segments(self):
        """The next ones in order, and how each arrives."""
        for _ in range(self.rng.randrange(1, 6)):
            if self.rng.random() < 0.2:
                # Cut: it stays as it is.
                sent, _ = self.message()
                at = self.rng.randrange(20, len(sent))
                yield sent[:at], sent[:at]
                yield sent[at:], sent[at:]
                continue
            between = b"\r\n\r\n" * self.rng.randrange(2)
            sent, seen = zip(*(self.message() for _ in range(self.rng.randrange(1, 4))))
            yield between + between.join(sent), between + between.join(seen)

    def round(self):
        """Some segments, first in order and then in disorder, until all is there."""
        begin, parts = len(self.out), []
        for sent, seen in self.segments():
            parts.append((len(self.out), len(self.out) + len(sent)))
            self.out += sent
            self.arrives += seen
        for number, part in enumerate(parts):
            if number + 1 < len(parts) and self.rng.random() < 0.2:
                # Too early: nobody knows yet with which number it leaves.
                self.raw.send(self.out, *parts[number + 1])
                self.early += 1
            self.raw.send(self.out, *part, lost=self.rng.random() < 0.6)
        self.disorder(begin)
        self.line.wait(len(self.arrives))
        check.same_bytes(self.line.into, self.arrives, "the stream")
        check.equal(self.raw.acked, len(self.out), "bytes that are acknowledged")

    def disorder(self, begin):
        """All of it again, in pieces that overlap, and some of them lost."""
        while True:
            self.raw.hear(0.002)
            for start, end in self.raw.sacks:
                # Behind what is acknowledged, or what it had already (RFC 2883).
                check.true(start < end <= len(self.out), f"SACK of {start}-{end}")
            if self.raw.acked >= len(self.out):
                return
            check.true(begin <= self.raw.acked, f"{self.raw.acked} bytes are acknowledged")
            at = self.rng.choice((self.raw.acked, self.rng.randrange(begin, len(self.out))))
            end = min(len(self.out), at + self.rng.choice((1, 7, 30, 100, 400, MSS)))
            self.raw.send(self.out, at, end, self.rng.random() < 0.2)


def run(net):
    net.set("tcp", "edit")
    lose(net)
    rng = random.Random(SEED)
    early = 0
    leg = Leg(Agent(net.phone, "anna"), Agent(net.provider, "bob"), "again@x")
    for own, seen in ((net.phone.addr + ":5060", f"{net.public}:{PORT}"),
                      (net.phone.addr, f"{net.public}:{PORT}")):
        sender = Sender(net, rng, leg, own, seen)
        for _ in range(ROUNDS):
            sender.round()
        early += sender.early
        sender.raw.close()
        sender.line.close()
        net.flush()
    if not net.ours:
        return
    found = net.stats()
    check.equal(found["tcp-gap"], early, "tcp-gap")
    check.true(found["tcp-again"] > ROUNDS, f"{found['tcp-again']} segments were edited again")
