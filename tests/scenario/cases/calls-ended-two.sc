# SPDX-License-Identifier: GPL-2.0-or-later
# Two calls use up the minutes twice as fast, and end together. Others' go on, and calls
# for help, by whatever name, are never ended.
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
trunk other {
	peers = {"198.51.100.2"}
	prefixes = {"1"}
	probe = 0
}
calls default {
	minutes = 10
}
calls bob {
	minutes = 0
}
.
include calls.inc
phone desk udp 192.0.2.10:6060
phone other udp 198.51.100.2:5060
ask alice INVITE sip:0301@example.net
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
ask alice INVITE sip:112@example.net
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
ask alice INVITE urn:service:sos
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
ask bob INVITE sip:0302@example.net
send bob 100
send provider INVITE *
reply provider 200
send bob 200
follow bob ACK
send provider ACK *
wait 200000
ask desk INVITE sip:1303@example.net
  From: <sip:alice@example.net>;tag=desk
send desk 100
send other INVITE *
reply other 200
send desk 200
follow desk ACK
send other ACK *
wait 199000
nothing
wait 1000
send desk BYE *
send other BYE *
send alice BYE *
  From: <sip:0301@example.net>;tag=provider
send provider BYE *
  To: <sip:0301@example.net>;tag=provider
reply desk 200
reply alice 200
reply other 200
reply provider 200
counted ended-minutes 2
wait 12000000
nothing
