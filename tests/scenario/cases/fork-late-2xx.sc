# SPDX-License-Identifier: GPL-2.0-or-later
# The one that was cancelled had answered already: its 2xx goes to the caller,
# too (RFC 3261, 16.7, step 5), who hangs up there.
include fork.inc
ask alice INVITE sip:bob@example.net
send alice 100
send desk INVITE *
send cell INVITE *
reply desk 180
send alice 180
reply cell 180
send alice 180
reply cell 200
send alice 200
  To: <sip:bob@example.net>;tag=cell
send desk CANCEL *
reply desk 200 INVITE
send alice 200
  To: <sip:bob@example.net>;tag=desk
reply desk 481 CANCEL
follow alice ACK
send desk ACK sip:desk@192.0.2.21:5060
follow alice BYE
send desk BYE sip:desk@192.0.2.21:5060
reply desk 200
send alice 200
wait 60000
busy 0
