# SPDX-License-Identifier: GPL-2.0-or-later
"""What is missing, late and doubled is counted exactly, in the stack and in the fast path."""
from lib import check, fast
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")

# 3 and 4 are missing, 6 comes behind 7, 9 comes twice, 12 comes seven late.
ORDER = (0, 1, 2, 5, 7, 6, 8, 9, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 12)
WANTED = {"expected": 20, "lost": 2, "reordered": 2, "duplicates": 1}


def play(src, dst):
    base = src.source.seq
    for number in ORDER:
        data = src.source.packet(seq=base + number)
        src.rtp.send(data, src.peer.rtp)
        dst.rtp.expect(data, dst.peer.rtp, f"packet {number}")
    src.source.seq = base + 20


def counted(net, way):
    rtp = fast.directions(net)[way]["rtp"]
    return {name: rtp[name] for name in WANTED}


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    ends = talk.one, talk.two

    def plays(what):
        for way, (src, dst) in enumerate((ends, ends[::-1])):
            before = counted(net, way)
            play(src, dst)
            after = counted(net, way)
            check.equal({name: after[name] - before[name] for name in WANTED}, WANTED,
                        f"{what}, {'reverse' if way else 'forward'}")

    # A slow guest plays for longer than the fast path waits.
    net.set("fastpath", "off")
    talk.speak()
    plays("in the stack")
    check.equal(fast.fast(net), [0, 0], "in the fast path before it may")
    net.set("fastpath", "on")
    fast.promote(net, talk)
    before = fast.fast(net)
    plays("in the fast path")
    check.equal([new - old for new, old in zip(fast.fast(net), before)],
                [len(ORDER), len(ORDER)], "in the fast path")
    talk.call.bye()
    net.nothing_left()
    talk.close()
