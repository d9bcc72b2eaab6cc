# SPDX-License-Identifier: GPL-2.0-or-later
"""Media in the fast path."""
import time

from . import check


def directions(net, number=0):
    """What the tool tells of both directions of a stream."""
    stream = net.tool("show", "streams")["streams"][number]
    return [stream["forward"], stream["reverse"]]


def promoted(net, number=0):
    return [way["promoted"] for way in directions(net, number)]


def fast(net, number=0):
    """Packets that took the fast path, both ways."""
    return [way["fast_packets"] for way in directions(net, number)]


def wait(net, wanted=True, number=0):
    """Until both directions are in the fast path, with hooks on their devices."""
    end = time.monotonic() + check.WAIT
    while promoted(net, number) != [wanted, wanted]:
        if time.monotonic() > end:
            check.fail(f"promoted: {promoted(net, number)}, not {wanted}")
        time.sleep(0.02)
    # Hooks are put on devices by a work, which has nothing else to wait for.
    time.sleep(0.1)


def settle():
    """As long as conntrack wants a talk to last before it is ASSURED, and a bit."""
    time.sleep(2.1)


def promote(net, talk, number=0):
    """Talk until it is in the fast path."""
    talk.speak()
    settle()
    talk.speak()
    wait(net, number=number)


def moved(net, action, number=0):
    """How far the counters of both directions move by what is done.

    Each is (packets, those of them and of RTCP that took the fast path).
    """
    before = directions(net, number)
    action()
    return [tuple(new[name] - old[name] for name in ("packets", "fast_packets"))
            for old, new in zip(before, directions(net, number))]


def takes(net, talk, number=0):
    """All of a talk goes by the fast path, and arrives."""
    check.equal(moved(net, talk.speak, number), [(3, 4)] * 2, "counted, fast")


def avoids(net, talk, number=0):
    """All of a talk goes through the stack, and arrives; packets may promote it."""
    check.equal(moved(net, talk.speak, number), [(3, 0)] * 2, "counted, fast")
