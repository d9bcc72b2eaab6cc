# SPDX-License-Identifier: GPL-2.0-or-later
"""The table is replaced, taken away and put back, changes its helper's type."""
import scale
from lib import check
from traffic import Traffic


def run(net):
    with Traffic(net) as traffic:
        for count in scale.rounds():
            if count % 3 == 0:
                net.unload()
            net.helper = "sipfast-watch" if count % 3 == 1 else "sipfast"
            net.load()
        net.helper = "sipfast"
        net.load()
        net.flush()
        before = traffic.calls
        check.until(lambda: traffic.calls > before + 3, "calls after it", 30)
