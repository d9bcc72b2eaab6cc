# SPDX-License-Identifier: GPL-2.0-or-later
"""The module is loaded and unloaded under calls: LOADS times (20, in full 200)."""
import scale
from lib import check, module
from traffic import Traffic

LOADS = scale.number("LOADS", 5 if check.DEBUG else 20, 200)
SECONDS = 30 + 4 * LOADS


def run(net):
    with Traffic(net) as traffic:
        for count in range(LOADS):
            # Some calls in between; in every fourth round none gets that far.
            before = traffic.calls
            if count % 4:
                check.until(lambda: traffic.calls > before, "calls in between", 30)
            net.unload()
            check.until(module.remove, f"unload number {count}", 30)
            net.load()
