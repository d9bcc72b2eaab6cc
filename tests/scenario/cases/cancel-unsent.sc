# SPDX-License-Identifier: GPL-2.0-or-later
# CANCEL cannot be sent, and its answer comes before that is told: whoever rings knows
# its branch. It ends as any other that was answered.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
  Via: {via}
  From: {from}
  To: {to}
  Call-ID: {call}
  CSeq: {n} INVITE
reply bob 180
send alice 180
way bob full
cancel alice
send alice 200
recv bob
SIP/2.0 200 OK
Via: $via
From: $from
To: $to
Call-ID: $call
CSeq: $n CANCEL
.
way bob open
reply bob 487 INVITE
send alice 487
send bob ACK *
ack alice
wait 40000
busy 0
