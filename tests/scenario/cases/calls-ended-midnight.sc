# SPDX-License-Identifier: GPL-2.0-or-later
# At midnight the minutes begin anew, for a call that goes on as well. It began four
# minutes before.
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
wait 12560000
ask alice REGISTER sip:example.net
send alice 200
ask alice INVITE sip:0301@example.net
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
wait 839000
nothing
wait 1000
send alice BYE *
send provider BYE *
reply alice 200
reply provider 200
counted ended-minutes 1
