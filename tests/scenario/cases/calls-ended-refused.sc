# SPDX-License-Identifier: GPL-2.0-or-later
# A side that does not take it is told again after a minute, five times at most; one
# that knows of no such call any more, or is silent, is done with.
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
ask alice INVITE sip:0301@example.net
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
wait 600000
send alice BYE *
  CSeq: 1 BYE
send provider BYE *
reply alice 481
reply provider 500
wait 59000
nothing
wait 1000
send alice BYE *
  CSeq: 2 BYE
send provider BYE *
reply alice 481
reply provider 500
wait 60000
send alice BYE *
send provider BYE *
reply alice 200
reply provider 500
wait 60000
send alice BYE *
send provider BYE *
reply alice 200
reply provider 500
wait 60000
send alice BYE *
send provider BYE *
reply alice 200
reply provider 500
wait 60000
wait 60000
nothing
# It was one call for all that.
counted ended-minutes 1
# Next day: one that is over when we say so, one that hangs up at the same time.
wait 11850000
ask alice REGISTER sip:example.net
send alice 200
ask alice INVITE sip:0301@example.net
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
wait 600000
send alice BYE *
send provider BYE *
reply alice 200
follow provider BYE
  CSeq: 1 BYE
send alice BYE *
reply alice 481
send provider 481
reply provider 481
wait 100000
counted ended-minutes 2
