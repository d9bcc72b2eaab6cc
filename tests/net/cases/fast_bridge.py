# SPDX-License-Identifier: GPL-2.0-or-later
"""The phone at a bridge of the router: its media is in the fast path, wherever it is plugged.

The bridge knows the port, and the fast path asks the bridge. When that goes, media is
given back; and taken over again with a new one, and with one that keeps VLANs apart.
What br_netfilter sees on its way in stays in the stack.
"""
import time

from lib import check, fast, rawudp, rtnl, rtp, vlan
from lib.capture import Capture
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)
SECONDS = 60


def gateway(net):
    where = net.plan.where
    return where["phone"][1] + where["prefix"]


def bridge(net):
    """A bridge of both ports, without an address."""
    with net.router:
        rtnl.bridge("br0")
        for port in ("lan1", "lan1b"):
            rtnl.master(port, "br0")
        rtnl.tx_checksum("br0", False)
        rtnl.up("br0")


def netfilter(net, on):
    for what in ("ip", "ip6"):
        net.router.sysctl(f"net.bridge.bridge-nf-call-{what}tables", int(on))


def begin(net):
    """The phone has two links to the router, whose address is the bridge's."""
    phone, provider = pair(net)
    net.link(net.router, "lan1b", net.phone, "eth1")
    mac = rawudp.hardware(net.phone, "eth0").hex(":")
    net.phone.run("ip", "link", "set", "eth1", "address", mac)
    bridge(net)
    vlan.move(net.router, "lan1", "br0", gateway(net))
    netfilter(net, False)
    return Talk(phone, provider)


def plugged(net, old, new):
    addr, near = net.plan.where["phone"]
    vlan.move(net.phone, old, new, addr + net.plan.where["prefix"], near)


def at(net, talk, port, *other):
    """All is fast, and goes to this port of the phone."""
    captures = [Capture(net.phone, dev) for dev in (port, *other)]
    fast.takes(net, talk)
    check.equal([len(capture.packets()) for capture in captures], [4, 0][:len(captures)],
                f"packets at {port}, and at the other one")
    for capture in captures:
        capture.close()


def carrier(net, talk, dev, on):
    """Routes are asked anew when one comes or goes, and so are paths; no packet is lost.

    The kernel tells of it within a second.
    """
    with net.phone:
        rtnl.up(dev, on)
    talk.speak()
    time.sleep(1.2)
    talk.speak()
    fast.wait(net)


def ports(net, talk):
    at(net, talk, "eth0", "eth1")
    # By cable: the bridge forgets what was behind the port.
    plugged(net, "eth0", "eth1")
    carrier(net, talk, "eth0", False)
    at(net, talk, "eth1")
    carrier(net, talk, "eth0", True)
    at(net, talk, "eth1", "eth0")

    # By air: the bridge knows when it hears the phone. Nobody else notices.
    before = net.stats()["fast-demoted"]
    plugged(net, "eth1", "eth0")
    moved = fast.moved(net, lambda: rtp.one_way(talk.one, talk.two))
    check.equal(moved, [(3, 4), (0, 0)], "counted, fast")
    at(net, talk, "eth0", "eth1")
    net.shows(fast_demoted=before)


def gone(net, talk):
    with net.router:
        rtnl.delete("br0")
    check.equal(fast.promoted(net), [False, False], "promoted over a bridge that is gone")
    rtp.deaf(talk.two, talk.one, "RTP over a bridge that is gone")


def again(net, talk):
    gone(net, talk)
    bridge(net)
    with net.router:
        rtnl.address("br0", gateway(net))
    fast.promote(net, talk)
    at(net, talk, "eth0", "eth1")


def filtering(net, talk):
    """The ports come to be in two VLANs, of which the phone's gets the address."""
    net.router.run("ip", "link", "set", "br0", "type", "bridge", "vlan_filtering", "1")
    for words in ("add dev lan1 vid 7 pvid untagged", "del dev lan1 vid 1",
                  "add dev br0 vid 7 self"):
        net.router.run("bridge", "vlan", *words.split())
    vlan.device(net.router, "br0", 7)
    vlan.move(net.router, "br0", "vlan7", gateway(net))
    fast.promote(net, talk)
    at(net, talk, "eth0", "eth1")

    # The same packet in the other VLAN comes by the bridge, which has its hook still.
    net.router.run("nft", "insert rule inet sipfast forward iifname br0 counter drop")
    way, _ = rawudp.ways(net, talk)
    way.dev, way.router = "eth1", rawudp.hardware(net.router, "br0")

    def send():
        way.send(way.src.source.packet())
        way.dst.rtp.quiet("RTP of another VLAN")
    check.equal(fast.moved(net, send), [(0, 0)] * 2, "counted, fast")
    rules = net.router.run("nft", "list", "chain", "inet", "sipfast", "forward")
    check.true("counter packets 1 " in rules, f"not dropped by a rule: {rules}")
    at(net, talk, "eth0", "eth1")


def seen(net, talk):
    """Rules may be about ports of bridges: they are asked about what comes in by one."""
    netfilter(net, True)
    net.set("fastpath", "off")
    net.set("fastpath", "on")
    talk.speak()
    fast.settle()
    check.equal(fast.moved(net, talk.speak), [(3, 0), (3, 4)], "counted, fast")
    check.equal(fast.promoted(net), [False, True], "promoted")
    check.equal(fast.directions(net)[0].get("declined"), "fast-route", "reason")
    netfilter(net, False)
    talk.speak()
    fast.wait(net)
    at(net, talk, "eth0", "eth1")


def run(net):
    talk = begin(net)
    fast.promote(net, talk)
    for what in (ports, again, filtering, seen):
        what(net, talk)
    talk.call.bye()
    net.nothing_left()
