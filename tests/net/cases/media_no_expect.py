# SPDX-License-Identifier: GPL-2.0-or-later
"""Conntrack's table of expectations is full: media comes in by the pinhole table.

nf_conntrack_expect_max is 1, so most pinholes have no expectation, which is
counted; calls do not notice.
"""
from pathlib import Path

from lib import check, rtp
from lib.ua import Agent, Talk

PLANS = ("ip4", "nat66")

LIMIT = Path("/proc/sys/net/netfilter/nf_conntrack_expect_max")


def run(net):
    before = LIMIT.read_text(encoding="ascii")
    LIMIT.write_text("1", encoding="ascii")
    try:
        provider = Agent(net.provider, "bob")
        talks = [Talk(Agent(host, "anna"), provider, ports) for host, ports in
                 ((net.phone, (4000, 40000)), (net.phone2, (4010, 40100)))]
        if net.ours:
            found = net.stats()["pinhole-no-expect"]
            check.true(found >= 3, f"{found} pinholes without an expectation")
        for talk in talks:
            rtp.both_ways(talk.two, talk.one)
            talk.speak()
            talk.call.bye()
        net.nothing_left()
    finally:
        LIMIT.write_text(before, encoding="ascii")
