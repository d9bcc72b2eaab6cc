# SPDX-License-Identifier: GPL-2.0-or-later
"""The parts of the row `daemon`, one file each: see harness/parts.py."""
