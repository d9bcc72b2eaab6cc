# SPDX-License-Identifier: GPL-2.0-or-later
# ACK of nothing is never answered, and never relayed.
include phones.inc
ask alice ACK sip:bob@example.net
ask alice ACK sip:bob@192.0.2.99:5060
ask alice ACK sip:example.net
nothing
