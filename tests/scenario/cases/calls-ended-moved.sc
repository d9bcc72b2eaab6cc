# SPDX-License-Identifier: GPL-2.0-or-later
# Where both sides are, and how far CSeq is, is what they said last: before the call was
# answered, too. What was refused changed nothing.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
emergency = {112, 911}
domain example.net {
	authenticate = false
}
trunk provider {
	peers = {"198.51.100.1"}
	prefixes = {"0", "+", "*"}
	probe = 0
	emergency = true
}
calls default {
	minutes = 10
}
.
include calls.inc
phone desk udp 192.0.2.10:6060 sip:alice@192.0.2.10:6060
ask alice INVITE sip:0301@example.net
  CSeq: 100 INVITE
send alice 100
send provider INVITE *
reply provider 183
  Require: 100rel
  RSeq: 1
send alice 183
follow alice PRACK
  CSeq: 101 PRACK
send provider PRACK *
reply provider 200
send alice 200
follow alice UPDATE sip:provider@198.51.100.1:5060
  CSeq: 102 UPDATE
send provider UPDATE *
reply provider 200
send alice 200
follow provider UPDATE
  CSeq: 50 UPDATE
send alice UPDATE *
reply alice 200
send provider 200
reply provider 200 INVITE
send alice 200
follow alice ACK
  CSeq: 100 ACK
send provider ACK *
follow alice INVITE
  CSeq: 110 INVITE
  Contact: <sip:alice@192.0.2.10:7070;x=y>
send alice 100
send provider INVITE *
reply provider 200
  Contact: <sip:elsewhere@198.51.100.1:5060>
send alice 200
follow alice ACK
  CSeq: 110 ACK
send provider ACK *
follow alice INVITE
  CSeq: 111 INVITE
  Contact: <sip:alice@192.0.2.10:8080>
send alice 100
send provider INVITE *
reply provider 488
send alice 488
send provider ACK *
ack alice
follow provider UPDATE
  CSeq: 60 UPDATE
  Contact: <sip:again@198.51.100.1:5060;y>
send alice UPDATE *
reply alice 200
  Contact: <sip:alice@192.0.2.10:9090>
send provider 200
# A Contact that is none, and one that is no URI, say nothing.
follow alice INVITE
  CSeq: 112 INVITE
  Contact: <tel:+4930>
send alice 100
send provider INVITE *
reply provider 200
  Contact: *
send alice 200
follow alice ACK sip:again@198.51.100.1:5060
  CSeq: 112 ACK
send provider ACK *
follow provider INFO
  CSeq: 61 INFO
send alice INFO *
reply alice 200
send provider 200
wait 600000
send alice BYE sip:alice@192.0.2.10:9090
  CSeq: 62 BYE
send provider BYE sip:again@198.51.100.1:5060;y
  CSeq: 113 BYE
reply alice 200
reply provider 200
wait 40000
busy 0
