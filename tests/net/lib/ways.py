# SPDX-License-Identifier: GPL-2.0-or-later
"""The two ways in which a call can go through the router."""
from .ua import Leg, pair


def ways(net):
    """(caller, callee, target): out from the phone, and in to it.

    The way in is the mapping of the phone's own flow. What a case may close is
    closed by the time that the next way is asked for.
    """
    phone, provider = pair(net)
    Leg(phone, provider, "way@example.com").request("OPTIONS")
    _, mapped = provider.receive("OPTIONS")
    yield phone, provider, None
    yield provider, phone, mapped


def inward(net, one, two):
    """Two media endpoints as (outside, inside): the phone may always send."""
    return (one, two) if two.rtp.host is net.phone else (two, one)
