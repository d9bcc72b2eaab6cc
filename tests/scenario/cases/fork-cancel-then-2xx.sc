# SPDX-License-Identifier: GPL-2.0-or-later
# CANCEL for several crosses a 2xx of one: that goes back.
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
  CSeq: * CANCEL
send desk CANCEL *
send cell CANCEL *
reply cell 200 INVITE
send alice 200
  CSeq: * INVITE
reply cell 481 CANCEL
reply desk 200 CANCEL
reply desk 487 INVITE
send desk ACK *
follow alice ACK
send cell ACK *
wait 60000
busy 0
