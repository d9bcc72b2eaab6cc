# SPDX-License-Identifier: GPL-2.0-or-later
# The other one never said anything: no CANCEL before its first 1xx.
include fork.inc
ask alice INVITE sip:bob@example.net
send alice 100
send desk INVITE *
send cell INVITE *
reply cell 200
send alice 200
follow alice ACK
send cell ACK *
wait 500
send desk again
reply desk 180
send desk CANCEL *
reply desk 200 CANCEL
reply desk 487 INVITE
send desk ACK *
wait 60000
busy 0
