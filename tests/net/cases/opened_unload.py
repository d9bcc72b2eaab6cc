# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls of MEDIA_OPEN end with their namespace and with the module.

Nobody but the module holds them: not who opened them, nor a connection.
"""
from lib import check, module, opened, rtp
from lib.topology import Net

HELPERS = ("sipfast",)
PLANS = ("routed",)


def run(net):
    opened.shut(net)
    other = Net(net.helper, net.plan)
    opened.shut(other)
    for where in (other, net):
        _, one, two = opened.audio(where)
        rtp.both_ways(two, one)
        rtp.both_ways(one, two)
    other.close()
    net.shows(calls=1, streams=1)
    net.unload()
    check.until(module.remove, "unloaded with open calls")
    net.load()
    net.shows(calls=0, streams=0)
    rtp.deaf(two, one, "RTP of a call that is over")
