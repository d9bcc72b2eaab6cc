# SPDX-License-Identifier: GPL-2.0-or-later
"""Phone and provider's line are in VLANs: calls out and in, with audio."""
from lib import check, rtnl
from lib.capture import Capture
from lib.topology import RULES
from lib.ua import Talk
from lib.ways import ways


def vlan(host, under, number, address, gateway=None):
    """The address of a device moves to its VLAN, and the way out with it."""
    name = f"vlan{number}"
    with host:
        rtnl.vlan(name, under, number)
        rtnl.tx_checksum(name, False)
        rtnl.up(name)
        rtnl.address(under, address, on=False)
        rtnl.address(name, address)
        if gateway:
            rtnl.default(gateway, name)


def run(net):
    where, prefix = net.plan.where, net.plan.where["prefix"]
    phone, isp = net.phone, net.hosts["isp"]
    addr, gateway = where["phone"]
    net.unload()
    vlan(net.router, "lan1", 7, gateway + prefix)
    vlan(phone, "eth0", 7, addr + prefix, gateway)
    vlan(isp, "wan", 35, where["isp"] + prefix)
    vlan(net.router, "wan", 35, net.public + prefix, where["isp"])
    rules = net.plan.rules(RULES.read_text(encoding="ascii"), net.helper)
    net.router.run("nft", "-D", "wan=vlan35", "-f", "-", text=rules)
    outside, inside = Capture(isp, "vlan35"), Capture(phone, "vlan7")

    for caller, callee, target in ways(net):
        talk = Talk(caller, callee, target=target)
        talk.speak()
        talk.call.bye()
        net.nothing_left()
        talk.close()
    for capture in (outside, inside):
        packets = capture.packets()
        check.true(len(packets) >= 12, f"{len(packets)} packets in a VLAN")
        for packet in packets:
            packet.judge()
