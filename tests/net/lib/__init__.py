# SPDX-License-Identifier: GPL-2.0-or-later
"""What the network cases are made of."""
