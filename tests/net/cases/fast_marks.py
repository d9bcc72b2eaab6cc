# SPDX-License-Identifier: GPL-2.0-or-later
"""What rules give to packets, promoted ones have: mark, priority, DSCP; and ECN is kept.

`sipfast set audio-dscp` has the last word about DSCP, and is obeyed by calls that
are in the fast path already.
"""
import socket

from lib import check, fast
from lib.capture import Capture
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)
IPV6_TCLASS = 67
AF41, EF, CS3 = 34, 46, 24
ECT_0 = 2

# What leaves is looked at where nothing but the device comes after it.
RULES = """table inet marks {
	chain forwarded {
		type filter hook forward priority mangle
		udp dport { 40000, 40001 } meta mark set 0x17 meta priority set 1:7
		udp dport { 40000, 40001 } DSCP dscp set af41
	}
}
table netdev leaves {
	counter seen {}
	chain wan {
		type filter hook egress device "wan" priority 0
		meta mark 0x17 meta priority 1:7 counter name seen
	}
}"""


def set_tos(net, end, tos):
    for port in (end.rtp, end.rtcp):
        if net.plan.family == 4:
            port.sock.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, tos)
        else:
            port.sock.setsockopt(socket.IPPROTO_IPV6, IPV6_TCLASS, tos)


def tos(packet):
    if packet.data[0] >> 4 == 4:
        return packet.data[1]
    return int.from_bytes(packet.data[:2], "big") >> 4 & 0xff


def marked(net):
    text = net.router.run("nft", "list", "counter", "netdev", "leaves", "seen")
    return int(text.split("packets")[1].split()[0])


def seen(net, talk, out, back):
    """A talk in the fast path leaves with these, and with marks."""
    captures = Capture(net.provider), Capture(net.phone)
    for ecn in (0, ECT_0, 3):
        for end in (talk.one, talk.two):
            set_tos(net, end, CS3 << 2 | ecn)
        before = marked(net)
        fast.takes(net, talk)
        check.equal(marked(net) - before, 4, "packets with mark and priority")
        for capture, dscp in zip(captures, (out, back)):
            packets = capture.packets()
            check.equal([tos(packet) for packet in packets], [dscp << 2 | ecn] * 4,
                        "DSCP and ECN")
            for packet in packets:
                packet.judge()
    for capture in captures:
        capture.close()


def run(net):
    net.router.run("nft", "-f", "-", text=RULES.replace(
        "DSCP", "ip" if net.plan.family == 4 else "ip6"))
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    for end in (talk.one, talk.two):
        set_tos(net, end, CS3 << 2)
    fast.promote(net, talk)
    seen(net, talk, AF41, CS3)
    for name, out, back in (("ef", EF, EF), ("keep", AF41, CS3)):
        net.set("audio-dscp", name)
        check.equal(fast.promoted(net), [False, False], "promoted with the old DSCP")
        for end in (talk.one, talk.two):
            set_tos(net, end, CS3 << 2)
        talk.speak()
        fast.wait(net)
        seen(net, talk, out, back)
    # That of video is not audio's, though all are given back.
    net.set("video-dscp", "ef")
    for end in (talk.one, talk.two):
        set_tos(net, end, CS3 << 2)
    talk.speak()
    seen(net, talk, AF41, CS3)
    talk.call.bye()
    net.nothing_left()
