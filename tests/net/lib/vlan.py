# SPDX-License-Identifier: GPL-2.0-or-later
"""Networks in VLANs, one or two tags deep."""
from . import rtnl
from .topology import RULES

CUSTOMER, SERVICE = 0x8100, 0x88a8


def device(host, under, number, service=False):
    """A VLAN that is up, and writes out checksums; its name."""
    name = f"vlan{number}"
    with host:
        rtnl.vlan(name, under, number, SERVICE if service else CUSTOMER)
        rtnl.tx_checksum(name, False)
        rtnl.up(name)
    return name


def vlan(host, under, numbers, address, gateway=None):
    """The address of a device moves to its VLAN, and the way out with it.

    Of several numbers all but the last are those of 802.1ad, from the outside in.
    """
    name = under
    for number in numbers[:-1]:
        name = device(host, name, number, service=True)
    name = device(host, name, numbers[-1])
    move(host, under, name, address, gateway)
    return name


def move(host, old, new, address, gateway=None):
    """Another device gets the address, and the way out."""
    with host:
        if gateway:
            rtnl.default(gateway, old, on=False)
        rtnl.address(old, address, on=False)
        rtnl.address(new, address)
        if gateway:
            rtnl.default(gateway, new)


def everywhere(net, inside, outside):
    """The phone and the provider's line are in VLANs with these numbers; their names."""
    where, prefix = net.plan.where, net.plan.where["prefix"]
    phone, isp = net.phone, net.hosts["isp"]
    addr, gateway = where["phone"]
    net.unload()
    vlan(net.router, "lan1", inside, gateway + prefix)
    lan = vlan(phone, "eth0", inside, addr + prefix, gateway)
    vlan(isp, "wan", outside, where["isp"] + prefix, None if net.plan.nat else net.public)
    wan = vlan(net.router, "wan", outside, net.public + prefix, where["isp"])
    rules = net.plan.rules(RULES.read_text(encoding="ascii"), net.helper)
    net.router.run("nft", "-D", f"wan={wan}", "-f", "-", text=rules)
    return lan, wan
