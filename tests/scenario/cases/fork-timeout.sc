# SPDX-License-Identifier: GPL-2.0-or-later
# Nobody is there, of both groups: 408.
include fork.inc
ask alice INVITE sip:bob@example.net
send alice 100
send desk INVITE *
send cell INVITE *
reply desk 100
reply cell 100
wait 180000
send desk CANCEL *
send cell CANCEL *
reply desk 200 CANCEL
reply cell 200 CANCEL
reply desk 487 INVITE
send desk ACK *
reply cell 487 INVITE
send cell ACK *
send home INVITE *
reply home 100
wait 180000
send home CANCEL *
reply home 200 CANCEL
reply home 408 INVITE
send home ACK *
send alice 487
ack alice
wait 60000
busy 0
