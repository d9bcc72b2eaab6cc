# SPDX-License-Identifier: GPL-2.0-or-later
"""Namespaces come and go: NAMESPACES of them (60, in full 1000), with the rules.

Every tenth is a router with a registration and a call with media in the middle of
it; another one's calls go on meanwhile.
"""
import scale
from lib import check
from lib.host import Host
from lib.register import register
from lib.topology import RULES, Net
from lib.ua import Talk, pair
from traffic import Traffic

NAMESPACES = scale.number("NAMESPACES", 20 if check.DEBUG else 60, 1000)
SECONDS = 30 + NAMESPACES


def run(net):
    with Traffic(net) as traffic:
        for count in range(NAMESPACES):
            if count % 10:
                host = Host("nobody")
                host.run("nft", "-D", "wan=wan", "-f", str(RULES))
                host.close()
                continue
            other = Net()
            phone, provider = pair(other)
            register(phone, provider)
            Talk(phone, provider).speak()
            other.shows(calls=1, registrations=1)
            other.close()
        check.true(traffic.calls > NAMESPACES // 20, f"{traffic.calls} calls meanwhile")
