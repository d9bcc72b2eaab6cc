# SPDX-License-Identifier: GPL-2.0-or-later
"""The phone in a VLAN, the uplink in a VLAN of a VLAN: media is promoted, and leaves tagged.

The same packet with other tags, with one too many or without, is somebody else's, and
not taken for the media. A priority's tag is the stack's to take off.
"""
from lib import check, fast, rawudp, vlan
from lib.capture import Capture
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)
INSIDE, OUTSIDE = [7], [100, 35]
TAGS = {"eth0": [(vlan.CUSTOMER, 7)], "wan": [(vlan.SERVICE, 100), (vlan.CUSTOMER, 35)]}
PRIORITY = (vlan.CUSTOMER, 5 << 13)
OTHERS = {
    "no tag": lambda tags: [],
    "one tag less": lambda tags: tags[:-1],
    "only the inner tag": lambda tags: tags[1:],
    "another number": lambda tags: tags[:-1] + [(vlan.CUSTOMER, 8)],
    "another protocol": lambda tags: tags[:-1] + [(vlan.SERVICE, tags[-1][1])],
    "one tag more inside": lambda tags: tags + [(vlan.CUSTOMER, 99)],
    "one tag more inside, of a provider": lambda tags: tags + [(vlan.SERVICE, 99)],
    "one tag more outside": lambda tags: [(vlan.CUSTOMER, 99)] + tags,
}

# The stack obeys it, where the fast path would not ask.
BELOW = """table inet below {
	chain raw {
		type filter hook prerouting priority raw
		iifname { lan1, wan, vlan100 } meta l4proto udp drop
	}
}"""


def leaves(net, talk, lan, wan):
    """By the right devices, and whole."""
    captures = Capture(net.isp, wan), Capture(net.phone, lan)
    fast.takes(net, talk)
    for capture in captures:
        packets = capture.packets()
        check.equal(len(packets), 4, "packets captured")
        for packet in packets:
            packet.judge()
        capture.close()


def with_tags(way, tags):
    data = way.src.source.packet()
    way.transmit(data, tags(TAGS[way.dev]))
    return data


def own(net, talk, tags, fast_packets):
    """What arrives, so that others have only one reason not to."""
    def send():
        for way in rawudp.ways(net, talk):
            way.dst.rtp.expect(with_tags(way, tags), way.dst.peer.rtp, "RTP with tags")
    check.equal(fast.moved(net, send), [(1, fast_packets)] * 2, "counted, fast")


def others(net, talk, what):
    def send():
        for way in rawudp.ways(net, talk):
            with_tags(way, OTHERS[what])
            way.dst.rtp.quiet(f"RTP with {what}")
    check.equal(fast.moved(net, send), [(0, 0)] * 2, f"counted, fast, with {what}")


def run(net):
    phone, provider = pair(net)
    lan, wan = vlan.everywhere(net, INSIDE, OUTSIDE)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    leaves(net, talk, lan, wan)

    net.router.run("nft", "-f", "-", text=BELOW)
    own(net, talk, lambda tags: tags, 1)
    for what in OTHERS:
        others(net, talk, what)
    own(net, talk, lambda tags: tags + [PRIORITY], 0)
    leaves(net, talk, lan, wan)
    net.shows(fast_promoted=4, fast_demoted=0)
    talk.call.bye()
    net.nothing_left()
