# SPDX-License-Identifier: GPL-2.0-or-later
# Minutes, and calls that use them up, go on with the next daemon. What it was not there
# for is not counted; after ten minutes nobody knows which calls still are.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = sqlite
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
  CSeq: 30 INVITE
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
follow provider UPDATE
  CSeq: 70 UPDATE
  Contact: <sip:there@198.51.100.1:5060>
send alice UPDATE *
reply alice 200
send provider 200
wait 300000
restart 60000
wait 100000
follow alice INFO sip:there@198.51.100.1:5060
  CSeq: 31 INFO
send provider INFO *
reply provider 200
send alice 200
wait 199000
nothing
wait 1000
send alice BYE sip:alice@192.0.2.10:5060
  ! Route
  CSeq: 71 BYE
  From: <sip:0301@example.net>;tag=provider
  To: <sip:alice@example.net>;tag=alice
send provider BYE sip:there@198.51.100.1:5060
  ! Route
  CSeq: 32 BYE
  From: <sip:alice@example.net>;tag=alice
  To: <sip:0301@example.net>;tag=provider
reply alice 200
reply provider 500
# Nor has the next one forgotten that the call is not over yet.
restart 1000
wait 1000
send alice BYE *
  CSeq: 72 BYE
send provider BYE *
  CSeq: 33 BYE
reply alice 481
reply provider 200
restart 1000
wait 60000
nothing
ask alice REGISTER sip:example.net
send alice 200
ask alice INVITE sip:0302@example.net
send alice 403
  Warning: 399 sipfast "refused-minutes"
ack alice
# The other one's.
ask bob REGISTER sip:example.net
send bob 200
ask bob INVITE sip:0303@example.net
send bob 100
send provider INVITE *
reply provider 200
send bob 200
follow bob ACK
send provider ACK *
wait 10000
restart 601000
wait 3000000
nothing
