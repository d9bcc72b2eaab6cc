# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls that nobody ends are forgotten in time, and take all they had with them."""
from lib import check, sip
from lib.register import Registration
from lib.ua import Call, Talk, pair

SECONDS = 90


def run(net):
    net.set("setup-timeout", "32", "call-timeout", "32")
    phone, provider = pair(net)
    for number in range(5 if check.DEBUG else 30):
        Call(phone, provider).invite(sip.sdp(phone.addr, 4000 + 2 * number))
        Call(phone, provider).invite(sip.sdp(phone.addr, 4000 + 2 * number))
        talk = Talk(phone, provider, (5000 + 2 * number, 40000 + 2 * number))
        talk.speak()
        talk.close()
        Registration(phone, provider).refresh(1)
    found = net.stats()
    check.true(found["calls"] >= 10 and found["streams"] >= 5, f"{found}")
    check.until(lambda: not any(net.stats()[table] for table in (
        "calls", "streams", "pinholes", "ports", "registrations")), "empty tables", 45)
    net.nothing_left(registrations=0)
