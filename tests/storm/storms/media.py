# SPDX-License-Identifier: GPL-2.0-or-later
"""Media is in the fast path while all that it leaves by changes, and the module goes."""
import scale
from lib import check, module, rtnl
from storms import devices
from stream import Streams

SECONDS = 90


def neighbours(net, _count):
    net.router.run("ip", "neigh", "flush", "all")


def link(net, count):
    """Both sides, so that nothing is too long for the other one."""
    for host in (net.router, net.hosts["isp"]):
        host.run("ip", "link", "set", "wan", "mtu", str(1400 + count % 3 * 50))


def bridge(net, _count):
    """The phone's device becomes a bridge's, and its own again."""
    net.router.run("ip", "link", "add", "br0", "type", "bridge")
    net.router.run("ip", "link", "set", "lan1", "master", "br0")
    net.router.run("ip", "link", "set", "lan1", "nomaster")
    with net.router:
        rtnl.delete("br0")


def flush(net, count):
    udp = ("-D", "-p", "udp", "-s", net.phone.addr)
    net.router.run("conntrack", *(udp if count % 2 else ("-F",)), status=None)


def switch(net, _count):
    net.set("fastpath", "off")
    net.set("fastpath", "on")


def read(net, _count):
    net.tool("show", "streams")


def reload(net, count):
    """Seldom: it takes the longest."""
    if count % 3:
        return
    net.unload()
    check.until(module.remove, "unloaded", 30)
    net.load()


def device(how, name):
    return lambda net, count: how(net, name)


WAYS = (neighbours, device(devices.down, "lan1"), link, flush, device(devices.address, "wan"),
        switch, bridge, device(devices.down, "wan"), read, device(devices.delete, "lan1"),
        flush, device(devices.delete, "wan"), reload)


def promoted(net):
    """Directions that are in the fast path now."""
    return sum(stream[way]["promoted"] for stream in net.tool("show", "streams")["streams"]
               for way in ("forward", "reverse"))


def run(net):
    with Streams(net):
        check.until(lambda: promoted(net) >= 2, "media in the fast path", 30)
        for count in scale.rounds(little=15):
            WAYS[count % len(WAYS)](net, count // len(WAYS))
            # What comes next is to meet some that are promoted, most of the time.
            if count % 4:
                check.until(lambda: promoted(net), "media in the fast path again", 30)
