# SPDX-License-Identifier: GPL-2.0-or-later
"""The parts of the row `daemon`, one file each.

A part has guest(), which measures inside the namespace and says what it found by
tell(), and rows(found), which makes lines of that outside.
"""
import json


def tell(what, server, value):
    """One sample, or what was counted, for rows()."""
    print(json.dumps([what, server, value]), flush=True)
