# SPDX-License-Identifier: GPL-2.0-or-later
# 6xx: nobody else is asked, who rings is cancelled, and it goes back when they
# are done.
include fork.inc
ask alice INVITE sip:bob@example.net
send alice 100
send desk INVITE *
send cell INVITE *
reply desk 180
send alice 180
reply cell 603
send cell ACK *
send desk CANCEL *
reply desk 200 CANCEL
reply desk 487 INVITE
send desk ACK *
send alice 603
ack alice
wait 60000
busy 0
