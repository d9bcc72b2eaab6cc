# SPDX-License-Identifier: GPL-2.0-or-later
# Hours, of days, in local time: the minute before, the first, the last, and the next.
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
	quiet = {"thu 20:28-20:30", "fri 06:00-06:01"}
}
calls bob@EXAMPLE.NET {
	quiet = {"mon 00:00-24:00"}
}
.
include calls.inc
wait 79000
ask alice INVITE sip:0301@example.net
send alice 100
send provider INVITE *
reply provider 486
send alice 486
send provider ACK *
ack alice
wait 1000
ask alice INVITE sip:0301@example.net
send alice 403
  Warning: 399 sipfast "refused-quiet-hours"
ack alice
ask bob INVITE sip:0301@example.net
send bob 100
send provider INVITE *
reply provider 486
send bob 486
send provider ACK *
ack bob
ask alice INVITE sip:112@example.net
send alice 100
send provider INVITE sip:112@198.51.100.1
reply provider 486
send alice 486
send provider ACK *
ack alice
ask alice INVITE urn:service:sos
send alice 100
send provider INVITE sip:112@198.51.100.1
reply provider 486
send alice 486
send provider ACK *
ack alice
wait 119000
ask alice INVITE sip:0301@example.net
send alice 403
  Warning: 399 sipfast "refused-quiet-hours"
ack alice
# What is up goes on.
wait 1000
ask alice INVITE sip:0301@example.net
send alice 100
send provider INVITE *
reply provider 486
send alice 486
send provider ACK *
ack alice
wait 40000
busy 0
