# SPDX-License-Identifier: GPL-2.0-or-later
# The same From, To and Call-ID: told apart by CSeq.
include phones.inc
ask alice MESSAGE sip:bob@example.net
  Via: SIP/2.0/UDP 192.0.2.10:5060
  Call-ID: one
  CSeq: 1 MESSAGE
send bob MESSAGE *
  CSeq: 1 MESSAGE
ask alice MESSAGE sip:bob@example.net
  Via: SIP/2.0/UDP 192.0.2.10:5060
  Call-ID: one
  CSeq: 2 MESSAGE
send bob MESSAGE *
  CSeq: 2 MESSAGE
again alice
reply bob 200
send alice 200
again alice
send alice again
wait 500
send bob MESSAGE *
  CSeq: 1 MESSAGE
reply bob 200
send alice 200
  CSeq: 1 MESSAGE
wait 40000
busy 0
