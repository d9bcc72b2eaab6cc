# SPDX-License-Identifier: GPL-2.0-or-later
"""Assertions that say what they saw, and how long to wait for it."""
import os
import time

# The debug kernel and emulated ones are many times slower, and nothing here waits
# in vain when all is well: only what must *not* come costs the whole time.
DEBUG = bool(os.environ.get("SIPFAST_DEBUG") or
             os.environ.get("SIPFAST_KERNEL") in ("stock", "smp"))
WAIT = 20.0 if DEBUG else 3.0
QUIET = 0.25 if DEBUG else 0.04


class Failure(Exception):
    """What a case found wrong."""


def fail(text):
    raise Failure(text)


def true(value, text):
    if not value:
        fail(text)


def equal(got, want, what):
    if got != want:
        fail(f"{what}: {got!r}, not {want!r}")


def same_bytes(got, want, what):
    """Byte-identical; shows the first line that differs."""
    if got == want:
        return
    ours, theirs = got.split(b"\n"), want.split(b"\n")
    for number, (one, other) in enumerate(zip(ours, theirs), 1):
        if one != other:
            fail(f"{what}: line {number} is {one[:150]!r}, not {other[:150]!r}")
    fail(f"{what}: {len(got)} bytes, not {len(want)}")


def until(condition, what, seconds=WAIT):
    """Wait for something that no packet announces."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            fail(f"not within {seconds:g} s: {what}")
        time.sleep(0.01)
