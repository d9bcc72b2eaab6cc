# SPDX-License-Identifier: GPL-2.0-or-later
"""Nobody who knows the ports of some calls can tell the next one's (FIELD 27).

Eight calls from one phone, with ports in steps of two: the public ones are of
the pool, even, all different, not the phone's own, and in no order.
"""
from lib import check, sip
from lib.ua import Call, pair

PLANS = ("ip4", "nat66")


def run(net):
    phone, provider = pair(net)
    calls, ports = [], []
    own = [4000 + 2 * number for number in range(8)]
    for port in own:
        call = Call(phone, provider)
        line = call.invite(sip.sdp(phone.addr, port)).media[0]
        ports.append(net.in_pool(line.port))
        calls.append(call)
    check.equal(len(set(ports)), len(ports), f"different ports of {ports}")
    check.equal(set(own) & set(ports), set(), "ports that are the phone's own")
    check.true(ports not in (sorted(ports), sorted(ports, reverse=True)), f"{ports} are in order")
    steps = {after - before for before, after in zip(ports, ports[1:])}
    check.true(len(steps) > 2, f"steps between the ports: {steps}")
    for call in calls:
        call.respond(486)
        call.ack()
    net.nothing_left()
