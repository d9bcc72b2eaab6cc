# SPDX-License-Identifier: GPL-2.0-or-later
"""daemon: sipfastd beside Kamailio, with as many workers, against the same sipp.

daemon/register…  processor time of an operation, and daemon/call (cost.py)
daemon/…-rate     the highest rates without loss, as RFC 7502 calls them, and what is
                  left of the last one when four times as much comes (rate.py)
daemon/order      responses in the order in which they were sent (order.py)
daemon/binding…   memory of a binding, and a million of them (bindings.py)
daemon/kept       what was acknowledged outlives kill -9 (kill.py)

PARTS="rate kill" measures some of it.
"""
import os

from harness import parts

PARTS = os.environ.get("PARTS", "cost rate order bindings kill").split()


def measure():
    return parts.measure("daemon", PARTS)


def guest(arguments):
    return parts.guest("daemon", arguments)
