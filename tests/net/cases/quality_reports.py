# SPDX-License-Identifier: GPL-2.0-or-later
"""What receivers report is told, and the way to them and back; what is no report is not.

On the port above RTP's, on RTP's own, and on one that a=rtcp names; in the stack and
in the fast path. Each side sends with a clock of its own.
"""
import collections
import itertools
import struct
import time

from lib import check, fast, rtcp, sip
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
SECONDS = 120

# What both say to each other of RTCP, and the port for it, from RTP's.
WAYS = {"above": ([], 1), "mux": (["a=rtcp-mux"], 0), "elsewhere": (["a=rtcp:{}"], 11)}
OPUS = ("a=rtpmap:96 opus/48000/2",)
CLOCKS = 8000, 48000            # the phone's PCMU, and the provider's Opus
STRANGER = 0xdecafbad
_middles = itertools.count(0xb7108000, 0x10001)
_losses = itertools.count(100)


class Reports:
    """A talk, and what comes of RTCP in it."""

    def __init__(self, net, phone, provider, way):
        attributes, self.offset = WAYS[way]
        self.net = net
        self.sent = collections.Counter()
        self.rtcp_stream = int(way == "elsewhere")
        ports = (4000, 40000)
        lines = [sip.sdp(who.addr, media=[f"m=audio {port} RTP/AVP 0 96", *OPUS] +
                         [line.format(port + self.offset) for line in attributes])
                 for who, port in zip((phone, provider), ports)]
        self.talk = Talk(phone, provider, ports, descriptions=lines)
        self.ends = self.talk.one, self.talk.two
        self.talk.two.source.payload = 96
        for end, port in zip(self.ends, ports):
            if way == "above":
                continue
            end.rtcp.close()
            end.rtcp = end.rtp
            if way == "mux":
                end.peer.rtcp_port = end.peer.port
            else:
                end.rtcp = end.rtp.host.udp(port + self.offset, end.rtp.addr)

    def told(self):
        """What receivers say of the caller's packets, and of the others."""
        return [{name: value for name, value in way.get("report", {}).items() if name != "age_ms"}
                for way in fast.directions(self.net)]

    def moved(self, action, quick):
        """What is sent takes the fast path, or none of it does."""
        self.sent.clear()
        moved = fast.moved(self.net, action, self.rtcp_stream)
        check.equal([fast_packets for _, fast_packets in moved],
                    [self.sent[end] if quick else 0 for end in self.ends], "in the fast path")

    def send(self, src, dst, data, media=True):
        """It arrives, unchanged; when it was sent, and when it came.

        `media`: it is enough like RTCP for the fast path.
        """
        self.sent[src] += media
        start = time.monotonic()
        src.rtcp.send(data, src.peer.rtcp)
        dst.rtcp.expect(data, dst.peer.rtcp, "RTCP")
        return start, time.monotonic()

    def close(self):
        self.talk.call.bye()
        self.net.nothing_left()
        for port in {port for end in self.ends for port in (end.rtp, end.rtcp)}:
            port.close()


def between(value, low, high, what):
    check.true(low <= value <= high, f"{what}: {value}, not of {low:.0f} to {high:.0f}")


def round_trip(reports, number, away, answer):
    """One side sends an SR, and the other, far away, answers it after a while."""
    src, dst = reports.ends[number], reports.ends[1 - number]
    middle, lost, kept = next(_middles), next(_losses), 0.5
    left, came = reports.send(src, dst, rtcp.sender(src.source.ssrc, middle) +
                              rtcp.name(src.source.ssrc))
    time.sleep(kept + away)
    block = rtcp.block(src.source.ssrc, 64, lost, CLOCKS[number] // 100, middle, kept)
    back, arrived = reports.send(dst, src, answer(dst.source.ssrc, block))
    told = reports.told()[number]
    check.equal({name: told.get(name) for name in ("fraction_permille", "lost")},
                {"fraction_permille": 250, "lost": lost}, "the report")
    # A tick is no whole number of nanoseconds.
    between(told["jitter_us"], 9999, 10000, "jitter of the report")
    # The router saw both of them between that. It rounds, and so does DLSR.
    between(told["rtt_us"], (back - came - kept) * 1e6 - 100, (arrived - left - kept) * 1e6 + 100,
            "round trip")
    between(told["rtt_us"], away * 1e6, away * 1e6 + 0.2e6, "round trip")


def round_trips(reports):
    """Both ways, and by both kinds of reports."""
    round_trip(reports, 0, 0.08, lambda ssrc, block: rtcp.receiver(ssrc, block) + rtcp.name(ssrc))
    round_trip(reports, 1, 0.03, lambda ssrc, block: rtcp.sender(ssrc, next(_middles), block) +
               rtcp.name(ssrc))


def later(reports):
    """The last report counts; among others' blocks, and with less lost than nothing."""
    one, two = reports.ends
    mine = rtcp.block(one.source.ssrc, 0, -3, 8)
    theirs = [rtcp.block(STRANGER + n, 255, 9999, 99999) for n in range(3)]
    before = reports.told()
    reports.send(two, one, rtcp.receiver(two.source.ssrc, *theirs[:2], mine, theirs[2]) +
                 rtcp.name(two.source.ssrc))
    check.equal(reports.told(), [{**before[0], "fraction_permille": 0, "lost": 0,
                                  "jitter_us": 1000}, before[1]], "a better one")


def bent(good, at, form, value):
    """A packet with another number somewhere."""
    data = bytearray(good)
    struct.pack_into(form, data, at, value)
    return bytes(data)


def wrong(two, one, last):
    """What says nothing about anybody here. All of it claims to: the n-th, n lost."""
    number = itertools.count(1)

    def blocks(about=one.source.ssrc):
        return rtcp.block(about, 200, next(number), 4000, last, 0.01)

    def good():
        return rtcp.receiver(two.source.ssrc, blocks())

    def compound():
        return rtcp.sender(two.source.ssrc, next(_middles), blocks()) + rtcp.name(two.source.ssrc)

    yield rtcp.receiver(two.source.ssrc, blocks(STRANGER))
    for size in (4, 7, 8, 9, 28, 31):
        yield good()[:size]
    for size in (28, 51, 52 + 3, 52 + 4, 52 + 19):
        yield compound()[:size]
    for words in (0, 1, 6, 8, 0xff, 0xffff):
        yield bent(good(), 2, "!H", words)
        yield bent(compound(), 2, "!H", words)
    for words in (0, 3, 5, 0xffff):
        yield bent(compound(), 52 + 2, "!H", words)
    for count in (2, 31):
        yield bent(good(), 0, "B", 0x80 | count)
    for padding in (0, 1, 3, 28, 32, 255):
        yield bent(bent(good(), 0, "B", 0xa1), 31, "B", padding)
    # Only the last packet has any.
    yield bent(bent(compound(), 0, "B", 0xa1), 51, "B", 4)
    yield bent(good(), 0, "B", 0x41)
    yield good() + b"\0"
    yield good() + bytes(4)


def changes_nothing(reports):
    """And arrives, as the rest."""
    one, two = reports.ends
    last = next(_middles)
    reports.send(one, two, rtcp.sender(one.source.ssrc, last) + rtcp.name(one.source.ssrc))
    before = reports.told()
    for data in wrong(two, one, last):
        reports.send(two, one, data, data[0] >> 6 == 2)
    check.equal(reports.told(), before, "after what is no report")
    # Somebody else's SR is nothing that an answer could be measured from.
    other = next(_middles)
    reports.send(one, two, rtcp.sender(STRANGER, other) + rtcp.name(STRANGER))
    reports.send(two, one, rtcp.receiver(two.source.ssrc, rtcp.block(
        one.source.ssrc, 64, 17, 80, other, 0.001)))
    told = reports.told()
    check.equal(told[0]["lost"], 17, "a report without a round trip")
    check.equal(told[0]["rtt_us"], before[0]["rtt_us"], "round trip")


def text(reports):
    """What people read, right after a round trip."""
    told = reports.told()[0]
    said = reports.net.router.run("sipfast", "show", "call", reports.talk.call.id)
    line = f"receiver: {told['lost']} lost (25.0% lately), jitter 10.0 ms, " \
           f"round trip {told['rtt_us'] / 1000:.0f} ms"
    check.true(line in said, f"no {line!r} in {said}")


def speak(reports):
    for src, dst in (reports.ends, reports.ends[::-1]):
        for _ in range(3):
            data = src.source.packet()
            src.rtp.send(data, src.peer.rtp)
            dst.rtp.expect(data, dst.peer.rtp, "RTP")
        reports.send(src, dst, rtcp.receiver(src.source.ssrc) + rtcp.name(src.source.ssrc))


def everything(reports):
    round_trips(reports)
    text(reports)
    later(reports)
    changes_nothing(reports)


def run(net):
    phone, provider = pair(net)
    for way in WAYS:
        net.set("fastpath", "off")
        reports = Reports(net, phone, provider, way)
        speak(reports)
        check.equal(reports.told(), [{}, {}], f"before the first, {way}")
        reports.moved(lambda r=reports: everything(r), False)
        fast.settle()
        net.set("fastpath", "on")
        speak(reports)
        fast.wait(net)
        reports.moved(lambda r=reports: everything(r), True)
        reports.close()
