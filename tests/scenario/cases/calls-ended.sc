# SPDX-License-Identifier: GPL-2.0-or-later
# Who has used up his minutes is hung up on: each side is told by the other one's BYE,
# whose CSeq goes on, and whose answer ends with us.
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
ask alice INVITE sip:0301@example.net
  Call-ID: long
  CSeq: 7 INVITE
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
wait 599000
nothing
wait 1000
send alice BYE sip:alice@192.0.2.10:5060
  Via: SIP/2.0/UDP 192.0.2.1:5060;branch=*
  ! Via
  Max-Forwards: 70
  ! Route
  From: <sip:0301@example.net>;tag=provider
  To: <sip:alice@example.net>;tag=alice
  Call-ID: long
  CSeq: 1 BYE
  Reason: SIP ;cause=403 ;text="the minutes of the day are used up"
send provider BYE sip:provider@198.51.100.1:5060
  Via: SIP/2.0/UDP 192.0.2.1:5060;branch=*
  ! Via
  Max-Forwards: 70
  ! Route
  From: <sip:alice@example.net>;tag=alice
  To: <sip:0301@example.net>;tag=provider
  Call-ID: long
  CSeq: 8 BYE
  Reason: SIP ;cause=403 ;text="the minutes of the day are used up"
counted ended-minutes 1
reply provider 200
reply alice 200
wait 100000
nothing
busy 0
ask alice INVITE sip:0302@example.net
send alice 403
  Warning: 399 sipfast "refused-minutes"
ack alice
