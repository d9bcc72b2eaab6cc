# SPDX-License-Identifier: GPL-2.0-or-later
"""What the rows of the benchmark have in common."""
