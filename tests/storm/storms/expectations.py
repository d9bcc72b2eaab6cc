# SPDX-License-Identifier: GPL-2.0-or-later
"""Conntrack has room for one expectation, then for none that is left over."""
from pathlib import Path

import scale
from lib import check
from traffic import Traffic

LIMIT = Path("/proc/sys/net/netfilter/nf_conntrack_expect_max")


def run(net):
    before = LIMIT.read_text(encoding="ascii")
    try:
        with Traffic(net) as traffic, Traffic(net, "phone2", "provider2") as other:
            for count in scale.rounds():
                LIMIT.write_text(str((1, 2, 1024)[count % 3]), encoding="ascii")
                net.router.run("conntrack", "-L", "expect")
            check.true(traffic.calls and other.calls, "calls meanwhile")
    finally:
        LIMIT.write_text(before, encoding="ascii")
