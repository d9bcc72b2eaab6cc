# SPDX-License-Identifier: GPL-2.0-or-later
# One of several cannot be reached; the others are none the worse.
include fork.inc
way desk unroutable
ask alice INVITE sip:bob@example.net
send alice 100
send cell INVITE *
reply cell 486
send cell ACK *
send home INVITE *
reply home 200
send alice 200
follow alice ACK
send home ACK *
wait 60000
way cell unroutable
way home unroutable
ask alice INVITE sip:bob@example.net
send alice 100
send alice 500
ack alice
wait 60000
busy 0
