# SPDX-License-Identifier: GPL-2.0-or-later
# A client of RFC 2543, without a branch that is unique (RFC 3261, 17.2.3).
include phones.inc
ask alice INVITE sip:bob@example.net
  Via: SIP/2.0/UDP 192.0.2.10:5060
  From: <sip:alice@example.net>
send alice 100
send bob INVITE *
again alice
send alice again
reply bob 180
send alice 180
cancel alice
send alice 200
send bob CANCEL *
reply bob 200 CANCEL
reply bob 487 INVITE
send alice 487
send bob ACK *
ack alice
wait 40000
busy 0
