# SPDX-License-Identifier: GPL-2.0-or-later
# Responses to nothing go nowhere (RFC 6026, 7.3 and 8.9).
include phones.inc
recv bob
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKsf00.0000000000000007.00000000
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-1
From: <sip:alice@example.net>;tag=a
To: <sip:bob@example.net>;tag=b
Call-ID: s1
CSeq: 1 INVITE
.
recv bob
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKsf09.0000000000000007.00000000
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-1
From: <sip:alice@example.net>;tag=a
To: <sip:bob@example.net>;tag=b
Call-ID: s2
CSeq: 1 INVITE
.
recv bob
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-somebody
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-1
From: <sip:alice@example.net>;tag=a
To: <sip:bob@example.net>;tag=b
Call-ID: s3
CSeq: 1 INVITE
.
# Nor do those of another method.
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
  CSeq: {n} INVITE
reply bob 200
  CSeq: $n MESSAGE
nothing
reply bob 486
send bob ACK *
send alice 486
ack alice
wait 40000
busy 0
