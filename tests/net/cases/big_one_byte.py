# SPDX-License-Identifier: GPL-2.0-or-later
"""A message that just fits, and does not any more once it is translated (FIELD 26).

A response of 1472 bytes, as many as Ethernet has room for, sent with DF; only
its topmost Via names the public address. It grows by a byte or two and arrives.
"""
from lib import check, sip
from lib.ua import Leg, pair

PLANS = ("ip4", "nat66")
ROOM = {4: 1472, 6: 1452}


def run(net):
    phone, provider = pair(net)
    Leg(phone, provider, "byte@example.com").request("OPTIONS")
    msg = sip.Message(*provider.receive("OPTIONS"))
    answer = Leg(provider, phone, "byte@example.com")
    short = len(answer.reply(msg, 200, extra=[("X-Pad", "")]))
    sent = answer.reply(msg, 200, extra=[("X-Pad", "x" * (ROOM[net.plan.family] - short))])
    provider.send(sent, msg.source)
    got, _ = phone.receive("a response that grows")
    check.same_bytes(got, sip.translated(sent, (net.public, phone.addr)), "a response that grows")
    check.true(len(got) > ROOM[net.plan.family] >= len(sent), "it did not grow over the MTU")
