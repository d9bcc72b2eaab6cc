# SPDX-License-Identifier: GPL-2.0-or-later
# CANCEL is answered at once, goes on, and the INVITE ends with 487.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
  Via: {via}
  CSeq: {n} INVITE
reply bob 180
send alice 180
cancel alice
send alice 200
  CSeq: * CANCEL
send bob CANCEL sip:bob@192.0.2.20:5060
  Via: $via
  ! Via
  CSeq: $n CANCEL
  ! Contact
  ! Record-Route
again alice
send alice again
reply bob 200 CANCEL
reply bob 487 INVITE
send alice 487
  To: <sip:bob@example.net>;tag=bob
send bob ACK *
  Via: $via
ack alice
wait 40000
busy 0
