# SPDX-License-Identifier: GPL-2.0-or-later
# CANCEL and ACK are as long as what they follow makes them: here more than 8 KB.
include phones.inc
set t tttttttttttttttttttttttttttttttttttttttttttttttttt
ask alice MESSAGE sip:bob@example.net
  Subject: $t$t$t$t$t$t$t$t$t$t$t$t$t$t$t$t$t$t$t$t
send bob MESSAGE *
  Subject: {x}
reply bob 200
send alice 200
ask alice INVITE sip:bob@example.net
  From: "$x$x$x$x" <sip:alice@example.net>;tag=alice
  Call-ID: $x$x$x$x
send alice 100
send bob INVITE *
  CSeq: {n} INVITE
reply bob 180
send alice 180
cancel alice
send alice 200
send bob CANCEL sip:bob@192.0.2.20:5060
  From: "$x$x$x$x" <sip:alice@example.net>;tag=alice
  Call-ID: $x$x$x$x
  CSeq: $n CANCEL
reply bob 200 CANCEL
reply bob 487 INVITE
send alice 487
send bob ACK sip:bob@192.0.2.20:5060
  From: "$x$x$x$x" <sip:alice@example.net>;tag=alice
  To: <sip:bob@example.net>;tag=bob
  Call-ID: $x$x$x$x
  CSeq: $n ACK
ack alice
wait 40000
busy 0
