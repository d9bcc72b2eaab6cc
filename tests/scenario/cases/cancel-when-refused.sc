# SPDX-License-Identifier: GPL-2.0-or-later
# The callee refuses while the CANCEL is on its way.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 180
send alice 180
cancel alice
send alice 200
send bob CANCEL *
reply bob 486 INVITE
send bob ACK *
send alice 486
reply bob 481 CANCEL
ack alice
wait 40000
busy 0
