# SPDX-License-Identifier: GPL-2.0-or-later
# Two ring at once, the first to answer wins, the other one is cancelled, and
# the third is never asked.
include fork.inc
ask alice INVITE sip:bob@example.net
send alice 100
send desk INVITE sip:desk@192.0.2.21:5060
  Via: {desk}
send cell INVITE sip:cell@192.0.2.22:5060
  Via: {cell}
nothing
reply desk 180
send alice 180
  To: <sip:bob@example.net>;tag=desk
reply cell 180
send alice 180
  To: <sip:bob@example.net>;tag=cell
reply cell 200
send alice 200
  To: <sip:bob@example.net>;tag=cell
send desk CANCEL sip:desk@192.0.2.21:5060
  Via: $desk
reply desk 200 CANCEL
reply desk 487 INVITE
send desk ACK sip:desk@192.0.2.21:5060
  Via: $desk
follow alice ACK
send cell ACK *
wait 60000
busy 0
