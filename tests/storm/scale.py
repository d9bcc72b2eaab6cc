# SPDX-License-Identifier: GPL-2.0-or-later
"""How much of it: a little on every run, all of it with LONG=1."""
import os
import time

from lib import check

FULL = bool(os.environ.get("LONG")) and not check.DEBUG


def number(name, little, full):
    """Of the environment, or what fits."""
    return int(os.environ.get(name, full if FULL else little))


def rounds(name="SECONDS_EACH", little=2, full=20):
    """Counts up for so many seconds."""
    end = time.monotonic() + number(name, little, full) * (2 if check.DEBUG else 1)
    count = 0
    while time.monotonic() < end:
        yield count
        count += 1
