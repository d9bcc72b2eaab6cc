# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is silent, poor or idle is told when it begins and when it ends; not of a call on hold."""
import time

from lib import check, rtp, sip
from lib.monitor import Monitor
from lib.ua import Talk, pair

SECONDS = 150


def one_way(src, dst, seconds, lost=0):
    """Ten packets a second; of each ten the last `lost` do not come."""
    for _ in range(int(seconds * 10)):
        # By its clock it comes evenly, whatever pauses there are.
        data = src.source.packet(stamp=int(time.monotonic() * 8000))
        if src.source.seq % 10 < 10 - lost:
            src.rtp.send(data, src.peer.rtp)
            dst.rtp.expect(data, dst.peer.rtp, "RTP")
        time.sleep(0.1)


def both_ways(talk, seconds, **more):
    for _ in range(int(seconds)):
        one_way(talk.one, talk.two, 0.5, **more)
        one_way(talk.two, talk.one, 0.5, **more)


def events(monitor, call):
    """(event, forward or not) of the streams of a call."""
    told = []
    for event in monitor.events():
        stream = event.get("stream")
        if stream and stream["call"] == call and event["event"] == "stream-change":
            told.append((stream["event"], stream.get("event_forward")))
    return told


def run(net):
    phone, provider = pair(net)
    monitor = Monitor(net.router)
    talk = Talk(phone, provider)
    both_ways(talk, 2)
    one_way(talk.one, talk.two, 5)
    both_ways(talk, 2)
    both_ways(talk, 12, lost=2)
    both_ways(talk, 25)
    time.sleep(13)
    both_ways(talk, 3)
    # On hold nobody is missed, but it may well be idle.
    talk.call.transaction(
        talk.call.a, "INVITE", sip.sdp(phone.addr, 4000, attributes=["a=sendonly"]),
        answer=sip.sdp(provider.addr, 40000, attributes=["a=recvonly"]))
    talk.call.ack(leg=talk.call.a)
    one_way(talk.one, talk.two, 6)
    time.sleep(12)
    talk.call.bye()
    told = events(monitor, 1)
    check.equal(told[:3], [("first", True), ("first", False), ("up", None)], "the beginning")
    check.equal([event for event in told if event[0] in ("one-way", "two-way")],
                [("one-way", False), ("two-way", False)], "who is silent")
    check.equal([event for event in told if event[0] in ("idle", "resumed")],
                [("idle", None), ("resumed", None), ("idle", None)], "when both are")
    for forward in True, False:
        check.equal([name for name, way in told if name in ("poor", "good") and way == forward],
                    ["poor", "good"], f"what is lost, {'forward' if forward else 'reverse'}")
    net.nothing_left()
    talk.close()
    monitor.close()
