# SPDX-License-Identifier: GPL-2.0-or-later
"""Several set something at the same time: one change waits for another.

The mask of the mark comes and goes with its hooks, while others set something else
or are refused. Whoever came last is right: with a mask a packet is counted once, and
without one not at all. The hooks go with the module. Only several CPUs can get this
wrong: scripts/lab --kernel smp -- tests/net/run mark-setters
"""
import errno
import multiprocessing
import struct

from cases.mark import MASK, raw
from lib import check, genl, module
from lib.ua import pair

HELPERS = ("sipfast",)
SECONDS = 60

ROUNDS = 200
ON, OFF = int(MASK, 16), 0


def number(name, value):
    return genl.attribute("CONFIG_" + name, struct.pack("=I", value))


def change(router, *attributes):
    with router:
        genl.ask("SET_CONFIG", genl.attribute("CONFIG", list(attributes)))


def turner(router, first, last):
    for value in (first, last) * ROUNDS:
        change(router, number("MARK_MASK", value))


def limiter(router):
    for limit in range(1, ROUNDS + 1):
        change(router, number("CALL_LIMIT", limit))


def refused(router):
    """Nobody has a prefix of 33 bits, and so the mask is not set either."""
    wrong = genl.attribute("CONFIG_MEDIA_HOSTS",
                           [genl.attribute("PREFIXES_IP4", bytes((192, 0, 2, 0, 33)))])
    for _ in range(ROUNDS):
        try:
            change(router, number("MARK_MASK", ON), wrong)
        except genl.Refused as refusal:
            check.equal(refusal.number, errno.EINVAL, f"error of a wrong prefix ({refusal})")
        else:
            check.fail("a prefix of 33 bits: not refused")


def together(router, first, last):
    """The mask is set to first and last by two, in turn; last is what remains."""
    jobs = [multiprocessing.Process(target=job, args=(router, *values)) for job, *values in
            ((turner, first, last), (turner, first, last), (limiter,), (refused,))]
    try:
        for job in jobs:
            job.start()
        for job in jobs:
            job.join()
    finally:
        for job in jobs:
            if job.is_alive():
                job.kill()
    check.equal([job.exitcode for job in jobs], [0] * len(jobs), "how those that set ended")


def marked(net, phone, provider):
    """How often the next packet is marked: once by each hook that there is."""
    before = net.stats()["mark-set"]
    raw(phone, provider, "hello")
    return net.stats()["mark-set"] - before


def run(net):
    phone, provider = pair(net)
    for first, last, times in ((ON, OFF, 0), (OFF, ON, 1)):
        together(net.router, first, last)
        config = net.tool("show", "config")["config"]
        check.equal((config["mark_mask"], config["call_limit"], config["media_hosts"]),
                    (last, ROUNDS, []), "mask, limit and hosts as they were set last")
        check.equal(marked(net, phone, provider), times, "marks of a packet")
    # Hooks that were registered twice, or not given back, would show by now.
    for value, times in ((OFF, 0), (ON, 1)):
        change(net.router, number("MARK_MASK", value))
        check.equal(marked(net, phone, provider), times, "marks of a packet")
    net.unload()
    check.until(module.remove, "unloaded with the hooks of the mark")
    raw(phone, provider, "hello")
    net.load()
