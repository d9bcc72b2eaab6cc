# SPDX-License-Identifier: GPL-2.0-or-later
# Who may not call everything cannot call the carrier past its trunk, by whatever name.
name sip.provider.example udp:198.51.100.1:5060
name elsewhere.example udp:203.0.113.9:5060
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
	prefixes = {"0"}
	inbound = {"198.51.100.64/26"}
	probe = 0
	emergency = true
}
calls default {
	deny = {"+882"}
}
.
include calls.inc
phone elsewhere udp 203.0.113.9:5060
ask alice INVITE sip:00882123@198.51.100.1
send alice 100
send alice 403
ack alice
ask alice INVITE sip:00882123@sip.provider.example
send alice 100
send alice 403
ack alice
ask alice INVITE sip:00882123@198.51.100.65
send alice 100
send alice 403
ack alice
ask alice INVITE sip:carol@elsewhere.example
send alice 100
send elsewhere INVITE *
reply elsewhere 486
send alice 486
send elsewhere ACK *
ack alice
wait 40000
busy 0
