# SPDX-License-Identifier: GPL-2.0-or-later
# What nobody can read: answered where it can be, or not at all.
include phones.inc
recv udp 192.0.2.66:5060 raw
this is no SIP

.
recv udp 192.0.2.66:5060
MESSAGE sip:bob@example.net SIP/2.0
Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bK-u1
From: <sip:alice@example.net>;tag=a
To: <sip:bob@example.net>
Call-ID: u1
CSeq: one MESSAGE
.
send udp 192.0.2.66:5060 400
recv udp 192.0.2.66:5060
MESSAGE sip:bob@example.net SIP/3.0
Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bK-u2
From: <sip:alice@example.net>;tag=a
To: <sip:bob@example.net>
Call-ID: u2
CSeq: 1 MESSAGE
.
send udp 192.0.2.66:5060 505
recv udp 192.0.2.66:5060
MESSAGE sip:bob@example.net SIP/2.0
From: <sip:alice@example.net>;tag=a
To: <sip:bob@example.net>
Call-ID: u3
CSeq: 1 MESSAGE
.
recv udp 192.0.2.66:5060
ACK sip:bob@example.net SIP/2.0
Via: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bK-u4
From: <sip:alice@example.net>;tag=a
To: <sip:bob@example.net>
CSeq: one ACK
.
recv udp 192.0.2.66:5060
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKsf00.0000000000000001.00000000
From: <sip:alice@example.net>;tag=a
To: <sip:bob@example.net>
Call-ID: u5
CSeq: 1 MESSAGE
.
# Over TCP the connection ends with it.
recv tcp 192.0.2.66:44000 raw
this is no SIP

.
closed tcp 192.0.2.66:44000
wait 40000
busy 0
