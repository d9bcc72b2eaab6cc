# SPDX-License-Identifier: GPL-2.0-or-later
"""MEDIA_OPEN: a call that the kernel cannot read is like any other.

Its media passes a router that drops everything else, both ways, and is counted;
events tell of it, and the tool shows who opened it. Where the two agree anew the
ports are others; when it is closed nothing is left.
"""
from lib import check, opened, rtp, sip
from lib.monitor import Monitor

HELPERS = ("sipfast",)
PLANS = ("ip6", "routed")


def run(net):
    opened.shut(net)
    monitor = Monitor(net.router)
    call, one, two = opened.audio(net, caller_tag="tag of anna", answered=None)
    net.shows(calls=1, streams=1, pinholes=2, ports=0, call_new=1)
    # An expectation for each side; media that comes first finds them.
    check.equal(len(net.expectations()), 2, "expectations")
    # The callee first: nobody has sent anything outward.
    rtp.both_ways(two, one)
    net.shows(pinhole_expected=1, pinhole_lookup=1)
    check.equal(net.heard(), [[3, 3], [1, 1]], "packets of the streams")
    thief = net.stranger.udp(40000)
    thief.send(rtp.packet(), one.rtp.at)
    one.rtp.quiet("RTP of a stranger")

    shown, = net.tool("show", "call", str(call.id))["calls"]
    check.equal((shown["state"], shown["cookie"], shown["dialog"][0]["caller_tag"]),
                ("ringing", call.shown, "tag of anna"), "the call")
    check.true("flow" not in shown, "its signalling is no connection")
    text = net.router.run("sipfast", "show", "call", str(call.id))
    check.true("by the daemon" in text, text)

    again(net, call, one, two)
    call.close()
    net.nothing_left()
    rtp.deaf(one, two, "RTP after the call")
    rtp.deaf(two, one, "RTP after the call")
    events(monitor, call)


def again(net, call, one, two):
    """The callee offers another port; the former one is shut."""
    three = rtp.Endpoint(net.provider, 41000)
    offer, answer = sip.sdp(net.provider.addr, 41000), sip.sdp(net.phone.addr, 4000)
    check.equal(call.again(offer, answer, callee_offers=1, answered=1), call.id, "the number")
    net.shows(calls=1, streams=1, pinholes=2)
    check.equal(net.tool("show", "calls")["calls"][0]["state"], "up", "state")
    rtp.deaf(one, two, "RTP to the former port")
    three.told(one_of(answer))
    one.told(one_of(offer))
    rtp.both_ways(three, one)
    # The same once more, as sessions are refreshed, is nothing new.
    call.again(offer, answer, callee_offers=1)
    rtp.both_ways(three, one)
    check.equal(net.heard(), [[6, 6], [2, 2]], "packets of the streams")
    # On hold, where only the phone is silent, and back.
    call.again(sip.sdp("0.0.0.0" if "." in one.rtp.addr else "::", 41000), answer,
               callee_offers=1)
    rtp.both_ways(three, one)
    three.close()


def one_of(description):
    return sip.media(description)[0]


def events(monitor, call):
    # Promoted, given back: what happens to streams has cases of its own.
    told = [event for event in monitor.events() if event["event"] != "stream-change"]
    names = [event["event"] for event in told]
    check.equal(names, ["call-new", "stream-new", "stream-new", "stream-end", "call-change",
                        "call-end", "stream-end"], "events")
    calls = [event["call"] for event in told if event["event"].startswith("call")]
    check.true(all(one["cookie"] == call.shown for one in calls), f"cookies: {calls}")
    check.equal((calls[-1]["end"], calls[0]["from"]), ("bye", "sip:anna@example.com"), "the call")
    monitor.close()
