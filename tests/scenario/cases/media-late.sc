# SPDX-License-Identifier: GPL-2.0-or-later
# Offers in responses (RFC 3261, 13.2.1; RFC 3262, 5): the answer is in ACK or PRACK.
include media.inc

ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 200
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
send alice 200
follow alice ACK
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
media open 1 192.0.2.10:40010 192.0.2.20:5060 20000 4000 callee-offers up
send bob ACK *
# likewise anew, where the callee asks: it is the caller who offers
follow bob INVITE
send bob 100
send alice INVITE *
reply alice 200
  Content-Type: application/sdp
  | m=audio 4002 RTP/AVP 0
send bob 200
follow bob ACK
  Content-Type: application/sdp
  | m=audio 20002 RTP/AVP 0
media change 1 4002 20002 up
send alice ACK *
follow alice BYE
send bob BYE *
reply bob 200
media close 1 bye
send alice 200
wait 40000
# a reliable response offers, PRACK answers, and then offers itself
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 183
  Require: 100rel
  RSeq: 1
  Content-Type: application/sdp
  | m=audio 20000 RTP/AVP 0
send alice 183
follow alice PRACK
  RAck: 1 1 INVITE
  Content-Type: application/sdp
  | m=audio 4000 RTP/AVP 0
media open 2 192.0.2.10:40010 192.0.2.20:5060 20000 4000 callee-offers ringing
send bob PRACK *
reply bob 200 PRACK
send alice 200
follow alice PRACK sip:bob@192.0.2.20:5060
  RAck: 2 1 INVITE
  Content-Type: application/sdp
  | m=audio 4004 RTP/AVP 0
send bob PRACK *
reply bob 200 PRACK
  Content-Type: application/sdp
  | m=audio 20004 RTP/AVP 0
media change 2 4004 20004 ringing
send alice 200
reply bob 200 INVITE
media change 2 4004 20004 up
send alice 200
follow alice ACK
send bob ACK *
