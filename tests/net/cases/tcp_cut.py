# SPDX-License-Identifier: GPL-2.0-or-later
"""TCP, watched: a message cut at every byte (FIELD 13).

The stream stays intact, the cut is counted, and the whole message in the next
segment is read. So is one behind the rest of a message that told its length.
"""
from lib import check, sip
from lib.tcp import pair
from lib.ua import Leg

HELPERS = ("sipfast",)
PLANS = ("ip4", "ip6")
SECONDS = 60


def run(net):
    phone, provider = pair(net)
    leg = Leg(phone, provider, "cut@x")
    whole = leg.make("OPTIONS", sip.sdp(phone.addr))
    phone.line.pieces(whole)
    for at in range(1, len(whole)):
        phone.line.pieces(whole[:at], whole[at:], whole)
    # What is left of OPTIONS is no name of a method; but it could be one.
    net.shows(tcp_split=len(whole) - 1, sip_seen=len(whole) + len("OPTIONS") - 1,
              sip_rewritten=0)

    # In three pieces, and the last holds the next message, too.
    head = whole.index(b"\r\n\r\n") + 4
    before = net.stats()["sip-seen"]
    phone.line.pieces(whole[:head + 10], whole[head + 10:head + 20], whole[head + 20:] + whole)
    check.equal(net.stats()["sip-seen"] - before, 1, "sip-seen behind the rest of a message")
    phone.line.same()
    net.shows(sip_rewritten=0, tcp_other=0)
