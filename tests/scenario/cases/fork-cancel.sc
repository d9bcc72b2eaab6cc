# SPDX-License-Identifier: GPL-2.0-or-later
# The caller gives up: all are cancelled, none is asked any more.
include fork.inc
ask alice INVITE sip:bob@example.net
send alice 100
send desk INVITE *
send cell INVITE *
reply desk 180
send alice 180
reply cell 180
send alice 180
cancel alice
send alice 200
send desk CANCEL *
send cell CANCEL *
reply desk 200 CANCEL
reply cell 200 CANCEL
reply desk 487 INVITE
send desk ACK *
reply cell 487 INVITE
send cell ACK *
send alice 487
ack alice
wait 60000
busy 0
