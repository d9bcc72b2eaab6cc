# SPDX-License-Identifier: GPL-2.0-or-later
"""Codecs by name and clock: of a=rtpmap, and of RFC 3551 where there is none.

The receiver's description says what a payload type stands for; a new one says it
anew. Jitter is counted in the clock that it has; without one there is none.
"""
import time

from lib import check, fast, sip
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6")
HELPERS = ("sipfast",)
SECONDS = 150

PORTS = 4000, 40000

# Payload type, its rtpmap, and what is told: name, clock of its timestamps.
CODECS = (
    (0, None, "PCMU", 8000), (3, None, "GSM", 8000), (4, None, "G723", 8000),
    (8, None, "PCMA", 8000), (15, None, "G728", 8000), (18, None, "G729", 8000),
    # It samples at 16 kHz and counts at 8, whatever some write (RFC 3551, 4.5.2).
    (9, None, "G722", 8000), (9, "G722/8000", "G722", 8000), (9, "G722/16000", "G722", 8000),
    (98, "G722/16000", "G722", 8000),
    (111, "OPUS/48000/2", "opus", 48000), (97, "AMR-WB/16000/1", "AMR-WB", 16000),
    # The same number as before is something else.
    (96, "opus/48000/2", "opus", 48000), (96, "AMR-WB/16000", "AMR-WB", 16000),
    (127, "AMR/8000", "AMR", 8000), (102, "speex/32000", "speex", 32000),
    (103, "iLBC/8000", "iLBC", 8000), (104, "L16/44100/2", "L16", 44100),
    # A description may give another meaning to a number that has one.
    (8, "iLBC/8000", "iLBC", 8000), (0, "L16/16000", "L16", 16000),
    # Names that are not known have a clock nevertheless; a clock that is none is none.
    (105, "x-new/24000", None, 24000), (106, "opus/999999999", "opus", None),
    (107, None, None, None))


def describe(who, port, payload, rtpmap):
    attributes = [f"a=rtpmap:{payload} {rtpmap}"] if rtpmap else []
    return sip.sdp(who.addr, media=[f"m=audio {port} RTP/AVP {payload}", *attributes])


def play(src, dst, clock, seconds=0.6):
    """Packets whose timestamps tell when they were sent."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = src.source.packet(stamp=int(time.monotonic() * (clock or 8000)))
        src.rtp.send(data, src.peer.rtp)
        dst.rtp.expect(data, dst.peer.rtp, "RTP")
        time.sleep(0.1)


def judge(net, codec, way):
    payload, rtpmap, name, clock = codec
    told = fast.directions(net)[way]
    rtp, quality = told["rtp"], told["quality"]
    check.equal((rtp["payload"], rtp.get("encoding"), rtp.get("clock_hz")), (payload, name, clock),
                f"{payload} {rtpmap}")
    check.equal(quality["codec"], name or f"PT {payload}", "codec")
    check.equal(("jitter_us" in rtp, "jitter_max_us" in rtp, "jitter_ms" in quality),
                (bool(clock),) * 3, f"jitter is told of {payload} {rtpmap}")
    if clock:
        # In twice the clock, or half, packets would be 50 ms off, at least, each time.
        check.true(rtp["jitter_max_us"] < 6000,
                   f"jitter of {payload} {rtpmap}: {rtp['jitter_max_us']} us")


def both(net, talk, codecs):
    """Each side sends what the other one says that it receives; in turn."""
    for way, (src, dst) in enumerate(((talk.one, talk.two), (talk.two, talk.one))):
        src.source.payload = codecs[1 - way][0]
        play(src, dst, codecs[1 - way][3])
        judge(net, codecs[1 - way], way)


def each(net, phone, provider, pairs):
    """A call for each, in the stack."""
    for codecs in pairs:
        talk = Talk(phone, provider, descriptions=[
            describe(who, port, *codec[:2])
            for who, port, codec in zip((phone, provider), PORTS, codecs)])
        both(net, talk, codecs)
        check.equal(fast.fast(net), [0, 0], "in the fast path")
        talk.call.bye()
        talk.close()


def anew(net, talk, codecs, number):
    """A new offer and answer; every other time it is the callee's."""
    legs = talk.call.a, talk.call.b
    lines = [describe(leg.agent, port, *codec[:2])
             for leg, port, codec in zip(legs, PORTS, codecs)]
    mine = number % 2
    talk.call.transaction(legs[mine], "INVITE", lines[mine], answer=lines[1 - mine])
    talk.call.ack(leg=legs[mine])
    moved = fast.moved(net, lambda: both(net, talk, codecs))
    check.equal(*zip(*moved), "in the fast path")


def in_turn(net, phone, provider, pairs):
    """One call that agrees on all of them, one after the other, in the fast path."""
    talk = Talk(phone, provider)
    # Evenly from the beginning: the highest jitter of all is looked at.
    both(net, talk, CODECS[:1] * 2)
    fast.settle()
    both(net, talk, CODECS[:1] * 2)
    fast.wait(net)
    for number, codecs in enumerate(pairs):
        anew(net, talk, codecs, number)
    talk.call.bye()
    talk.close()


def run(net):
    phone, provider = pair(net)
    pairs = list(zip(CODECS, CODECS[5:] + CODECS[:5]))
    net.set("fastpath", "off")
    each(net, phone, provider, pairs)
    net.set("fastpath", "on")
    in_turn(net, phone, provider, pairs)
    net.nothing_left()
