# SPDX-License-Identifier: GPL-2.0-or-later
# Minutes that change while somebody speaks count at once. A call that began without a
# limit cannot be ended, and one that is silent for too long is: nobody would see it go on.
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
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
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
	minutes = 300
}
.
reload
wait 600000
nothing
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
	minutes = 12
}
.
reload
wait 119000
nothing
wait 1000
send alice BYE *
send provider BYE *
reply alice 200
reply provider 200
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
}
.
reload
ask alice INVITE sip:0302@example.net
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
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
	minutes = 13
}
.
reload
wait 100000
nothing
ask bob INVITE sip:0303@example.net
send bob 100
send provider INVITE *
reply provider 200
send bob 200
follow bob ACK
send provider ACK *
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
	minutes = 1300
}
.
reload
wait 14399000
nothing
wait 1000
send bob BYE *
  Reason: SIP ;cause=408 ;text="nothing was heard of this call"
send provider BYE *
  Reason: SIP ;cause=408 ;text="nothing was heard of this call"
reply bob 481
reply provider 200
wait 60000
counted ended-silent 1
counted ended-minutes 1
