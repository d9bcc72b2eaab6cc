# SPDX-License-Identifier: GPL-2.0-or-later
"""MEDIA_OPEN that is refused: in words, and without changing anything.

Wrong attributes, full tables, somebody else's call, another namespace, nobody's
permission; and endpoints that a description must not name.
"""
import errno
import os

from lib import check, genl, opened, rtp, sip
from lib.topology import Net
from lib.ua import Talk, pair

HELPERS = ("sipfast",)
PLANS = ("routed",)


def refused(words, code, what, *arguments, **values):
    try:
        what(*arguments, **values)
    except genl.Refused as refusal:
        check.true(words in refusal.text, f"{values or arguments}: {refusal}")
        check.equal(refusal.number, code, f"error of {values or arguments}")
        return
    check.fail(f"{what.__name__} {values or arguments}: not refused")


def run(net):
    opened.shut(net)
    attributes(net)
    call, one, two = opened.audio(net)
    again(net, call, one, two)
    limits(net, call, one, two)
    names(net)
    others(net, call, one, two)
    call.close()
    refused("was opened", errno.ENOENT, call.close)
    net.nothing_left()


def attributes(net):
    good = {"offer": sip.sdp(net.phone.addr), "answer": sip.sdp(net.provider.addr)}
    six = opened.endpoint("2001:db8::1", 5061)
    four = opened.endpoint("198.51.100.6", 5061)
    for words, values in (
            ("needed", {"offer": None}), ("needed", {"answer": None}),
            ("needed", {"call_id": None}), ("needed", {"callee": None}),
            ("needed", {"cookie": None}), ("needed", {"to": None}),
            ("family", {"callee": six}), ("one address", {"caller": four + six}),
            ("one address", {"caller": four[1:]}), ("ends nothing", {"end": 1}),
            ("session description", {"offer": b"hello"}), ("session description", {"answer": b""})):
        refused(words, errno.EINVAL, opened.Opened, net,
                (net.phone, net.provider), **(good | values))
    for code, values in ((errno.ERANGE, {"offer": b"v" * 8193}), (errno.ERANGE, {"silence": 5}),
                         (errno.ERANGE, {"answered": 2}), (errno.EINVAL, {"call_id": "x" * 256})):
        refused("", code, opened.Opened, net,
                (net.phone, net.provider), **(good | values))
    refused("was opened", errno.ENOENT, opened.close, net, 4711)
    net.shows(calls=0, streams=0)


def again(net, call, one, two):
    """What was agreed on stays where something is wrong with the next."""
    offer, answer = sip.sdp(net.phone.addr), sip.sdp(net.provider.addr, 41000)
    refused("does not change", errno.EINVAL, call.again, offer, answer, call_id="other")
    refused("session description", errno.EINVAL, call.again, offer, b"nothing")
    refused("was opened", errno.ENOENT, call.again, offer, answer, call=4711)
    rtp.both_ways(one, two)


def limits(net, call, one, two):
    net.set("call-limit", "1")
    refused("full", errno.ENFILE, opened.audio, net, (4010, 40010))
    net.shows(calls=1, call_full=1)
    net.set("call-limit", "100", "pinhole-limit", "2")
    refused("full", errno.ENFILE, call.again, sip.sdp(net.phone.addr, 4020),
            sip.sdp(net.provider.addr, 41000))
    refused("full", errno.ENFILE, opened.audio, net, (4030, 40030))
    net.shows(calls=1, streams=1, pinholes=2)
    rtp.both_ways(two, one)
    # A session that is refreshed needs no room.
    call.again(sip.sdp(net.phone.addr, 4000), sip.sdp(net.provider.addr, 40000))
    net.set("pinhole-limit", "1000")


def names(net):
    """A party names itself, unless it is trusted to name others; and no service."""
    there = net.gateway.addr
    for offer, values, streams in (
            (sip.sdp(there), {}, 1), (sip.sdp(there), {"caller_names": 1}, 2),
            (sip.sdp(there), {"callee_names": 1}, 1),
            (sip.sdp(net.phone.addr, 22), {"caller_names": 1}, 1),
            (sip.sdp("127.0.0.1"), {"caller_names": 1}, 1)):
        other = opened.Opened(net, (net.phone, net.provider), offer,
                              sip.sdp(net.provider.addr, 42000), **values)
        net.shows(calls=2, streams=streams)
        if streams == 1:
            decided = net.tool("show", "call", str(other.id))["calls"][0]["decision"]
            check.true(decided, "a decision is noted")
        other.close()


def others(net, call, one, two):
    """Neither another namespace nor the helper's calls are touched."""
    away = Net(net.helper, net.plan)
    refused("was opened", errno.ENOENT, opened.close, away, call.id)
    away.shows(calls=0)
    away.close()
    talk = Talk(*pair(net), ports=(4040, 40040))
    helped, = (one["id"] for one in net.tool("show", "calls")["calls"] if "cookie" not in one)
    refused("was opened", errno.ENOENT, opened.close, net, helped)
    talk.speak()
    talk.call.bye()
    nobody(net, call)
    rtp.both_ways(one, two)


def nobody(net, call):
    """Who has no CAP_NET_ADMIN here."""
    with net.router:
        os.seteuid(65534)
        try:
            for command in ("MEDIA_OPEN", "MEDIA_CLOSE"):
                refused("", errno.EPERM, genl.ask, command, opened.media(call=call.id))
        finally:
            os.seteuid(0)
