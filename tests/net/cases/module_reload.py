# SPDX-License-Identifier: GPL-2.0-or-later
"""Loads and unloads (LOADS=10, 50 with KERNELS=all), each with a call and its RTP.

A table that names the helper loads the module. The memory that the kernel has
taken does not grow with them.
"""
import os

from lib import check, module
from lib.ua import Talk, pair

HELPERS = ("sipfast",)
LOADS = int(os.environ.get("LOADS", "50" if os.environ.get("KERNELS") == "all" else "10"))
# Conntrack sleeps a tenth of a second for every helper that goes.
SECONDS = 30 + 3 * LOADS

# The allocator's noise; one lost struct of the module per round is more.
SLACK_KB = 512


def run(net):
    phone, provider = pair(net)
    first = 0
    for number in range(LOADS):
        talk = Talk(phone, provider)
        talk.speak()
        # Every other one is unloaded in the middle of its call.
        if number % 2:
            talk.call.bye()
        talk.close()
        net.unload()
        check.until(module.remove, f"unload number {number}")
        if number == LOADS // 5:
            first = module.memory()
        if number + 1 < LOADS:
            net.load()
    grown = module.memory() - first
    # KASAN keeps what was freed for a while; there kmemleak is the judge.
    if not check.DEBUG and LOADS >= 10:
        check.true(grown < SLACK_KB, f"kernel memory grew by {grown} kB in {LOADS} loads")
    net.load()
