# SPDX-License-Identifier: GPL-2.0-or-later
"""Connections and expectations are forgotten, all and one by one, again and again."""
import scale
from lib import check
from traffic import Traffic


def run(net):
    udp = ("-D", "-p", "udp")
    ways = (("-F",), (*udp, "--dport", "5060"), (*udp, "-s", net.phone.addr),
            ("-F", "expect"), (*udp, "-d", net.public))
    with Traffic(net) as traffic:
        for count in scale.rounds():
            # conntrack -D fails when there was nothing.
            net.router.run("conntrack", *ways[count % len(ways)], status=None)
        before = traffic.calls
        check.until(lambda: traffic.calls > before + 3, "calls after it", 30)
