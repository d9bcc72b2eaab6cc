# SPDX-License-Identifier: GPL-2.0-or-later
# Minutes of a day: who has none left calls nobody any more, but for help. How a call
# that goes on is ended is what calls-ended.sc is about.
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
wait 599000
ask alice INVITE sip:0302@example.net
send alice 100
send provider INVITE *
reply provider 486
send alice 486
send provider ACK *
ack alice
wait 1000
send alice BYE *
send provider BYE *
reply alice 200
reply provider 200
ask alice INVITE sip:0302@example.net
send alice 403
  Warning: 399 sipfast "refused-minutes"
ack alice
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
ask bob INVITE sip:0302@example.net
send bob 100
send provider INVITE *
reply provider 486
send bob 486
send provider ACK *
ack bob
# At midnight it begins anew.
wait 12119000
ask alice REGISTER sip:example.net
send alice 200
ask alice INVITE sip:0302@example.net
send alice 403
  Warning: 399 sipfast "refused-minutes"
ack alice
wait 81000
ask alice INVITE sip:0302@example.net
send alice 100
send provider INVITE *
reply provider 486
send alice 486
send provider ACK *
ack alice
