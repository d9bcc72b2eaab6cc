# SPDX-License-Identifier: GPL-2.0-or-later
"""Devices go down and away, addresses are removed, all comes back."""
import errno

import scale
from lib import rtnl
from traffic import Traffic


def route(net):
    try:
        with net.router:
            rtnl.default(net.plan.where["isp"], "wan")
    except OSError as error:
        if error.errno != errno.EEXIST:
            raise


def down(net, name):
    with net.router:
        rtnl.up(name, False)
        rtnl.up(name)
    route(net)


def address(net, _name):
    text = net.public + net.plan.where["prefix"]
    with net.router:
        rtnl.address("wan", text, on=False)
        rtnl.address("wan", text)
    route(net)


def delete(net, name):
    with net.router:
        rtnl.delete(name)
    if name == "wan":
        net.connect_wan()
    else:
        net.connect("phone")


def run(net):
    with Traffic(net):
        for count in scale.rounds():
            (down, address, delete)[count % 3](net, ("lan1", "wan")[count // 3 % 2])
