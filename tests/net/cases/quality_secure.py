# SPDX-License-Identifier: GPL-2.0-or-later
"""SRTP is told as secure, and its reports are not read: where both sides have keys.

By the profile, or as RFC 8643 has it by keys beside a plain one, which the other
side may decline. RTCP is on the port above, on RTP's own or elsewhere; in the stack
and in the fast path. Loss is counted, and every packet arrives as it was sent.
"""
import itertools
import os

from lib import check, fast, rtcp, sip
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6")
HELPERS = ("sipfast",)
SECONDS = 120

CRYPTO = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
PRINT = "a=fingerprint:SHA-256 " + ":".join(f"{n:02X}" for n in range(32))
MUX, APART = "a=rtcp-mux", "a=rtcp:{}"

# Profile, lines of the session and of the media; for both sides the same, or for each.
SECURE = {
    "SDES": ("RTP/SAVP", [], [CRYPTO]),
    "DTLS": ("UDP/TLS/RTP/SAVPF", [PRINT], [MUX, "a=setup:actpass"]),
    "SDES, RTCP elsewhere": ("RTP/SAVPF", [], [CRYPTO, APART]),
    "SDES, if you can": ("RTP/AVP", [], [CRYPTO]),
    "SDES, if you can, RTCP elsewhere": ("RTP/AVPF", [], [CRYPTO, APART]),
    "DTLS, if you can": ("RTP/AVP", [], [PRINT, MUX]),
    "DTLS, of the session, if you can": ("RTP/AVPF", [PRINT], [])}
PLAIN = {
    "none": (("RTP/AVP", [], []),) * 2,
    "declined": (("RTP/AVP", [], [CRYPTO]), ("RTP/AVP", [], [])),
    "declined, RTCP elsewhere": (("RTP/AVP", [PRINT], [APART]), ("RTP/AVP", [], [APART])),
    "not asked for": (("RTP/AVP", [], []), ("RTP/AVP", [], [CRYPTO])),
    "of another line": (("RTP/AVP", [], []),) * 2}
OTHER_LINE = ["m=video 0 RTP/SAVP 31", CRYPTO]
PORTS = 4000, 40000
_lost = itertools.count(1)


def describe(who, port, form, other=()):
    profile, session, lines = form
    return sip.sdp(who.addr, session=session,
                   media=[f"m=audio {port} {profile} 0"] +
                   [line.format(port + 11) for line in lines] + list(other))


def make(phone, provider, forms, other=()):
    talk = Talk(phone, provider, PORTS, descriptions=[
        describe(who, port, form, other)
        for who, port, form in zip((phone, provider), PORTS, forms)])
    for end, port in zip((talk.one, talk.two), PORTS):
        if MUX in forms[0][2]:
            end.rtcp.close()
            end.rtcp, end.peer.rtcp_port = end.rtp, end.peer.port
        elif APART in forms[0][2]:
            end.rtcp.close()
            end.rtcp = end.rtp.host.udp(port + 11, end.rtp.addr)
    return talk


def send(src, dst, data):
    src.rtcp.send(data, src.peer.rtcp)
    dst.rtcp.expect(data, dst.peer.rtcp, "RTCP")


def exchange(talk):
    """Packets of which one is missing, and reports; what the last ones say is lost."""
    said = []
    for src, dst in ((talk.one, talk.two), (talk.two, talk.one)):
        src.source.seq += 1
        for _ in range(2):
            data = src.source.packet()
            src.rtp.send(data, src.peer.rtp)
            dst.rtp.expect(data, dst.peer.rtp, "RTP")
        said.append(next(_lost))
        report = rtcp.receiver(src.source.ssrc, rtcp.block(dst.source.ssrc, 64, said[-1]))
        # SRTCP: all but the head is encrypted, and has an index and a tag behind it.
        send(src, dst, report[:8] + os.urandom(24) + b"\x80\0\0\1" + os.urandom(10))
        # Without encryption and a tag, which it may be without, it only has the index.
        send(src, dst, report + b"\0\0\0\1")
        send(src, dst, report)
    # Somebody reports on what he hears.
    return said[::-1]


def streams(net):
    return net.tool("show", "streams")["streams"]


def judge(net, talk, secure, what):
    before = fast.directions(net)
    said = exchange(talk)
    check.equal({stream["secure"] for stream in streams(net)}, {secure}, f"secure, {what}")
    for old, new, lost in zip(before, fast.directions(net), said):
        check.equal(new["rtp"]["lost"] - old.get("rtp", {"lost": 0})["lost"],
                    1 if "rtp" in old else 0, f"lost, {what}")
        check.equal(new.get("report", {}).get("lost"), None if secure else lost,
                    f"report, {what}")


def everything(net, phone, provider, forms, secure, what):
    net.set("fastpath", "off")
    talk = make(phone, provider, forms, OTHER_LINE if "another" in what else ())
    judge(net, talk, secure, f"{what}, in the stack")
    fast.settle()
    net.set("fastpath", "on")
    exchange(talk)
    fast.wait(net)
    before = fast.fast(net, -1)
    judge(net, talk, secure, f"{what}, in the fast path")
    # The last stream has the reports, and maybe what they are about.
    check.equal([new - old for new, old in zip(fast.fast(net, -1), before)],
                [3 if APART in forms[0][2] else 5] * 2, f"in the fast path, {what}")
    said = net.router.run("sipfast", "show", "call", talk.call.id)
    check.equal((", secure" in said, "receiver: " in said), (secure, not secure), f"show, {what}")
    talk.call.bye()
    for port in {port for end in (talk.one, talk.two) for port in (end.rtp, end.rtcp)}:
        port.close()


def later(net, phone, provider):
    """A call agrees on keys while it goes on; what was reported before stays."""
    plain, secure = PLAIN["none"], (SECURE["SDES"],) * 2
    talk = make(phone, provider, plain)
    exchange(talk)
    said = exchange(talk)
    for forms in secure, plain:
        offer, answer = (describe(leg.agent, port, form) for leg, port, form in zip(
            (talk.call.a, talk.call.b), PORTS, forms))
        talk.call.transaction(talk.call.a, "INVITE", offer, answer=answer)
        talk.call.ack()
        now = exchange(talk)
        if forms is plain:
            said = now
        check.equal([way["report"]["lost"] for way in fast.directions(net)], said, "reports")
        check.equal(streams(net)[0]["secure"], forms is secure, "secure, later")
    talk.call.bye()


def run(net):
    phone, provider = pair(net)
    for what, form in SECURE.items():
        everything(net, phone, provider, (form, form), True, what)
    for what, forms in PLAIN.items():
        everything(net, phone, provider, forms, False, what)
    later(net, phone, provider)
    net.nothing_left()
