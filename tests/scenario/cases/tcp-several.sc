# SPDX-License-Identifier: GPL-2.0-or-later
# Two messages in one piece; and one that is not one yet.
include phones-tcp.inc
recv alice raw
MESSAGE sip:bob@example.net SIP/2.0
Via: SIP/2.0/TCP 192.0.2.10:40010;branch=z9hG4bK-t1
From: <sip:alice@example.net>;tag=a
To: <sip:bob@example.net>
Call-ID: t1
CSeq: 1 MESSAGE
Content-Length: 0

OPTIONS sip:bob@example.net SIP/2.0
Via: SIP/2.0/TCP 192.0.2.10:40010;branch=z9hG4bK-t2
From: <sip:alice@example.net>;tag=a
To: <sip:bob@example.net>
Call-ID: t2
CSeq: 1 OPTIONS
Content-Length: 0

.
send bob MESSAGE *
send bob OPTIONS *
reply bob 200 MESSAGE
send alice 200
reply bob 200 OPTIONS
send alice 200
# Without Content-Length there is no end: the connection is.
recv alice raw
MESSAGE sip:bob@example.net SIP/2.0
Via: SIP/2.0/TCP 192.0.2.10:40010;branch=z9hG4bK-t3
From: <sip:alice@example.net>;tag=a
To: <sip:bob@example.net>
Call-ID: t3
CSeq: 1 MESSAGE

.
send alice 400
closed alice
wait 40000
busy 0
