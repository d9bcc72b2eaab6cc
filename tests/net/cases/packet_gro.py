# SPDX-License-Identifier: GPL-2.0-or-later
"""Datagrams that the router's device joins (UDP GRO): each is edited as if alone.

In both forms that the kernel has: one buffer with a list of packets (rx-gro-list),
and one that only has their payload (rx-udp-gro-forwarding).
"""
import json

from lib import check, sip
from lib.ua import Agent, Leg

PLANS = ("ip4", "ip6", "nat66")
FORMS = ("rx-gro-list", "rx-udp-gro-forwarding")


def join(net, dev, form):
    """What comes within a while is joined, until something else comes."""
    net.router.run("ethtool", "-K", dev, "gro", "on", *(
        word for one in FORMS for word in (one, "on" if one == form else "off")))
    net.router.run("unshare", "-m", "sh", "-ec", "mount -t sysfs sysfs /mnt; "
                   f"echo 50000000 >/mnt/class/net/{dev}/gro_flush_timeout")


def counted(net):
    told = json.loads(net.router.run("nft", "-j", "list", "counter", "inet", "gro", "sip"))
    return told["nftables"][-1]["counter"]["packets"]


def run(net):
    phone, provider = Agent(net.phone, "anna"), Agent(net.provider, "bob")
    net.router.run("nft", "-f", "-", text="""table inet gro {
        counter sip {}
        chain seen {
            type filter hook prerouting priority raw
            iifname lan1 udp dport 5060 counter name sip
        }
    }""")
    for form in FORMS:
        join(net, "lan1", form)
        leg = Leg(phone, provider, f"{form}@example.com")
        first = leg.make("OPTIONS", cseq=50)
        parts = [first.replace(b"CSeq: 50", b"CSeq: 5%d" % number) for number in range(4)]
        before = counted(net)
        for part in parts:
            phone.send(part, provider.at)
        for part in parts:
            msg = sip.Message(*provider.receive("one of several"))
            check.equal(msg.get("CSeq"), sip.Message(part).get("CSeq"), "order")
            check.equal(sip.host_port(msg.get("Contact")), msg.source, "Contact")
        # On a slow machine not all four are in one.
        buffers = counted(net) - before
        check.true(buffers < len(parts), f"{buffers} buffers with {form}")
    net.shows(sip_seen=8, sip_gso=0)
