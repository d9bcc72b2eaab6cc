# SPDX-License-Identifier: GPL-2.0-or-later
"""Policies of IPsec that come during a call are obeyed by the next packet, and so when they go.

What they want encrypted is never sent in the clear, by whatever way the fast path
remembers; what they block goes nowhere. A policy that is content without an
association has one as soon as there is one. What was decrypted is the stack's.
"""
from lib import check, fast, rtp
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66", "routed")
HELPERS = ("sipfast",)
SECONDS = 60
KEY = "0x" + "5a" * 20

# What arrives at the isp from the router, before anybody drops it.
COUNTERS = """table inet seen {
	counter plain {}
	counter sealed {}
	chain raw {
		type filter hook prerouting priority raw
		iifname wan meta l4proto udp meta secpath missing counter name plain
		iifname wan meta l4proto esp counter name sealed
	}
}"""


class Ipsec:
    """Between the router and the isp a tunnel, for all between the call's two hosts.

    Or none, and the two hosts' packets are encrypted as they are (`transport`).
    """

    def __init__(self, net):
        self.router, self.isp, self.provider = net.router, net.isp, net.provider
        self.gates = net.public, net.plan.where["isp"]
        self.ends = net.phone.face, net.provider.addr
        self.isp.run("nft", "-f", "-", text=COUNTERS)

    def state(self, host, out, mode="tunnel"):
        """An association, from the router or to it."""
        src, dst = (self.gates if mode == "tunnel" else self.ends)[::1 if out else -1]
        host.run("ip", "xfrm", "state", "add", "src", src, "dst", dst, "proto", "esp",
                 "spi", "0x101" if out else "0x102", "reqid", "1", "mode", mode,
                 "aead", "rfc4106(gcm(aes))", KEY, "128")

    def policy(self, host, direction, out, mode="tunnel", level="required"):
        """What leaves the router, or comes to it, is to be encrypted; or goes nowhere."""
        way = 1 if out else -1
        (src, dst), gates = self.ends[::way], self.gates[::way]
        how = ["action", "block"] if mode == "block" else ["tmpl"]
        if mode == "tunnel":
            how += ["src", gates[0], "dst", gates[1]]
        if mode != "block":
            how += ["proto", "esp", "reqid", "1", "mode", mode, "level", level]
        host.run("ip", "xfrm", "policy", "add", "src", src, "dst", dst, "dir", direction, *how)

    def down(self, *hosts):
        for host in hosts or (self.router, self.isp):
            host.run("ip", "xfrm", "policy", "flush")
            host.run("ip", "xfrm", "state", "flush")

    def seen(self):
        """Packets in the clear, and encrypted, that came from the router."""
        text = self.isp.run("nft", "list", "counters", "table", "inet", "seen")
        return [int(line.split()[1]) for line in text.splitlines() if "packets" in line]

    def sends(self, action, clear, esp, what):
        before = self.seen()
        action()
        check.equal([new - old for old, new in zip(before, self.seen())], [clear, esp],
                    f"in the clear, encrypted: {what}")


def restored(net, talk, ipsec):
    """The first packet without a policy, and then all of them."""
    ipsec.sends(talk.speak, 4, 0, "without a policy")
    fast.wait(net)
    fast.takes(net, talk)


def both(net, talk, ipsec):
    for host in (ipsec.router, ipsec.isp):
        for out in (True, False):
            ipsec.state(host, out)
    ipsec.policy(ipsec.isp, "fwd", True)
    ipsec.policy(ipsec.isp, "out", False)
    ipsec.policy(ipsec.router, "fwd", False)
    ipsec.policy(ipsec.router, "out", True)

    before = net.stats()["fast-promoted"]
    for _ in range(4):
        moved = []
        ipsec.sends(lambda moved=moved: moved.extend(fast.moved(net, talk.speak)), 0, 4,
                    "with a policy")
        check.equal(moved, [(3, 0)] * 2, "counted, fast")
    check.equal(fast.promoted(net), [False, False], "promoted with IPsec")
    for way in fast.directions(net):
        check.equal(way.get("declined"), "fast-route", "reason")
    net.shows(fast_promoted=before)
    ipsec.down()
    restored(net, talk, ipsec)


def blocked(net, talk, ipsec):
    """Out, and in."""
    for direction, out, src, dst in (("out", True, talk.one, talk.two),
                                     ("fwd", False, talk.two, talk.one)):
        ipsec.policy(ipsec.router, direction, out, "block")
        rtp.deaf(src, dst, f"RTP that a policy blocks: {direction}")
        ipsec.down()
        restored(net, talk, ipsec)


def decrypted(net, talk, ipsec):
    """Only the isp encrypts, and the router takes it either way."""
    ipsec.state(ipsec.router, False)
    ipsec.policy(ipsec.router, "fwd", False, level="use")
    restored(net, talk, ipsec)
    ipsec.state(ipsec.isp, False)
    ipsec.policy(ipsec.isp, "out", False)
    for _ in range(2):
        check.equal(fast.moved(net, talk.speak), [(3, 4), (3, 0)], "counted, fast")
    check.equal(fast.promoted(net), [True, False], "promoted")
    check.equal(fast.directions(net)[1].get("declined"), "fast-route", "reason")
    ipsec.down()
    restored(net, talk, ipsec)


def content(net, talk, ipsec):
    """The router may encrypt what is for the provider, and does so when it can."""
    ipsec.state(ipsec.provider, True, "transport")
    ipsec.policy(ipsec.router, "out", True, "transport", "use")
    restored(net, talk, ipsec)
    ipsec.state(ipsec.router, True, "transport")
    ipsec.sends(talk.speak, 0, 4, "with an association that came later")
    ipsec.down(ipsec.router, ipsec.provider)
    restored(net, talk, ipsec)


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    ipsec = Ipsec(net)
    fast.promote(net, talk)
    for what in (both, blocked, decrypted, content):
        what(net, talk, ipsec)
    talk.call.bye()
    net.nothing_left()
