# SPDX-License-Identifier: GPL-2.0-or-later
# Who calls cannot end his call in our books and go on with it: neither by a BYE to an
# address of his own, nor in the other side's name, to himself; nor say that the carrier
# is elsewhere, or use up the numbers that BYE needs.
name evil.example udp:203.0.113.9:5060
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
	at-once = 1
	minutes = 10
}
.
include calls.inc
phone evil udp 203.0.113.9:5060
ask alice INVITE sip:0301@example.net
  CSeq: 40 INVITE
send alice 100
send provider INVITE *
  Record-Route: {to}, {from}
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
follow alice BYE sip:me@evil.example
  CSeq: 41 BYE
send evil BYE sip:me@evil.example
reply evil 200
send alice 200
# In the other one's name, whichever way round.
follow alice BYE sip:alice@192.0.2.10:5060
  Route: $to, $from
  From: <sip:0301@example.net>;tag=provider
  To: <sip:alice@example.net>;tag=alice
  CSeq: 1 BYE
send alice BYE *
reply alice 200
send alice 200
follow alice BYE sip:provider@198.51.100.1:5060
  Route: $to, $from
  From: <sip:alice@example.net>;tag=alice
  To: <sip:0301@example.net>;tag=provider
  CSeq: 42 BYE
send alice BYE *
reply alice 200
send alice 200
follow alice UPDATE sip:alice@192.0.2.10:5060
  Route: $to, $from
  From: <sip:0301@example.net>;tag=provider
  To: <sip:alice@example.net>;tag=alice
  Contact: <sip:me@evil.example>
  CSeq: 2 UPDATE
send alice UPDATE *
reply alice 200
send alice 200
follow alice UPDATE sip:me@evil.example
  From: <sip:alice@example.net>;tag=alice
  To: <sip:0301@example.net>;tag=provider
  CSeq: 43 UPDATE
send evil UPDATE *
reply evil 200
  Contact: <sip:me@evil.example>
send alice 200
follow alice INFO sip:provider@198.51.100.1:5060
  From: <sip:alice@example.net>;tag=alice
  To: <sip:0301@example.net>;tag=provider
  CSeq: 2147483647 INFO
send alice 400
ask alice INVITE sip:0302@example.net
send alice 403
  Warning: 399 sipfast "refused-calls-at-once"
ack alice
wait 600000
send alice BYE *
send provider BYE sip:provider@198.51.100.1:5060
  CSeq: 44 BYE
reply alice 200
reply provider 200
wait 60000
nothing
# One that begins so is refused at once.
wait 12140000
ask alice REGISTER sip:example.net
send alice 200
ask alice INVITE sip:0302@example.net
  CSeq: 2147483647 INVITE
send alice 403
  Warning: 399 sipfast "refused-long"
ack alice
# What the carrier says itself is true, wherever it says to be.
ask alice INVITE sip:0303@example.net
send alice 100
send provider INVITE *
reply provider 200
  Contact: <sip:gate@203.0.113.9:5060>
send alice 200
follow alice ACK
send evil ACK *
follow alice BYE
send evil BYE sip:gate@203.0.113.9:5060
reply evil 200
send alice 200
ask alice INVITE sip:0304@example.net
send alice 100
send provider INVITE *
reply provider 486
send alice 486
send provider ACK *
ack alice
