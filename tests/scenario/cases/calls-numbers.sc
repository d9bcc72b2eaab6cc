# SPDX-License-Identifier: GPL-2.0-or-later
# Numbers: the longest prefix says whether, however the number is written.
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
	allow = {"+49", "0"}
	deny = {"+882", "0900", "+4990"}
}
calls bob {
	allow = {"+"}
}
.
include calls.inc
ask alice INVITE sip:+49301234@example.net
send alice 100
send provider INVITE *
reply provider 486
send alice 486
send provider ACK *
ack alice
ask alice INVITE sip:0301234@example.net
send alice 100
send provider INVITE *
reply provider 486
send alice 486
send provider ACK *
ack alice
ask alice INVITE sip:00882123@example.net
send alice 403
  Warning: 399 sipfast "refused-number"
ack alice
ask alice INVITE sip:+882123@example.net
send alice 403
  Warning: 399 sipfast "refused-number"
ack alice
ask alice INVITE sip:0%30882123@example.net
send alice 403
  Warning: 399 sipfast "refused-number"
ack alice
ask alice INVITE sip:0-0-882123@example.net
send alice 403
  Warning: 399 sipfast "refused-number"
ack alice
ask alice INVITE sip:+4990123@example.net
send alice 403
  Warning: 399 sipfast "refused-number"
ack alice
ask alice INVITE sip:0900123@example.net
send alice 403
  Warning: 399 sipfast "refused-number"
ack alice
ask alice INVITE sip:+15551@example.net
send alice 403
  Warning: 399 sipfast "refused-number"
ack alice
ask alice INVITE sip:*31%23+882@example.net
send alice 403
  Warning: 399 sipfast "refused-number"
ack alice
# His own list is his own; what it does not say is as for all.
ask bob INVITE sip:+15551@example.net
send bob 100
send provider INVITE *
reply provider 486
send bob 486
send provider ACK *
ack bob
ask bob INVITE sip:030123@example.net
send bob 403
  Warning: 399 sipfast "refused-number"
ack bob
ask bob INVITE sip:+4990123@example.net
send bob 403
  Warning: 399 sipfast "refused-number"
ack bob
# What is no call may cost as well.
ask alice MESSAGE sip:0900123@example.net
send alice 403
  Warning: 399 sipfast "refused-number"
# Among users nobody is asked.
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 486
send alice 486
send bob ACK *
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
# A reload changes it, for who is asked next.
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
	allow = {"+882"}
}
.
reload
ask alice INVITE sip:+882123@example.net
send alice 100
send provider INVITE *
reply provider 486
send alice 486
send provider ACK *
ack alice
ask alice INVITE sip:+49301234@example.net
send alice 403
  Warning: 399 sipfast "refused-number"
ack alice
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
.
reload
ask alice INVITE sip:+15551@example.net
send alice 100
send provider INVITE *
reply provider 486
send alice 486
send provider ACK *
ack alice
wait 40000
busy 0
