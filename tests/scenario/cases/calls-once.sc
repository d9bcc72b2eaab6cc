# SPDX-License-Identifier: GPL-2.0-or-later
# Calls at once: what rings counts, and what failed or was hung up does not.
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
	at-once = 2
}
calls bob {
	at-once = 0
}
.
include calls.inc
phone desk udp 192.0.2.10:6060
ask alice INVITE sip:0301@example.net
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
ask alice INVITE sip:0302@example.net
send alice 100
send provider INVITE *
reply provider 180
send alice 180
ask desk INVITE sip:0303@example.net
  From: <sip:alice@example.net>;tag=d
send desk 403
  Warning: 399 sipfast "refused-calls-at-once"
ack desk
# It fails.
reply provider 486
send alice 486
send provider ACK *
ack alice
ask alice INVITE sip:0303@example.net
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
ask alice INVITE sip:0304@example.net
send alice 403
  Warning: 399 sipfast "refused-calls-at-once"
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
ask bob INVITE sip:0303@example.net
send bob 100
send provider INVITE *
reply provider 486
send bob 486
send provider ACK *
ack bob
# What is sent within a call is none: a re-INVITE.
follow alice INVITE
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
# Nor does it end because of what the other side does not take.
follow alice BYE
send provider BYE *
reply provider 500
send alice 500
ask alice INVITE sip:0304@example.net
send alice 403
  Warning: 399 sipfast "refused-calls-at-once"
ack alice
follow alice BYE
send provider BYE *
reply provider 200
send alice 200
ask alice INVITE sip:0304@example.net
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
# Or the other side hangs up.
follow provider BYE
send alice BYE *
reply alice 200
send provider 200
ask alice INVITE sip:0305@example.net
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
ask alice INVITE sip:0306@example.net
send alice 403
  Warning: 399 sipfast "refused-calls-at-once"
ack alice
# One that is cancelled.
follow alice BYE
send provider BYE *
reply provider 200
send alice 200
ask alice INVITE sip:0307@example.net
send alice 100
send provider INVITE *
reply provider 180
send alice 180
cancel alice
send alice 200
send provider CANCEL *
reply provider 200 CANCEL
reply provider 487 INVITE
send provider ACK *
send alice 487
ack alice
ask alice INVITE sip:0308@example.net
send alice 100
send provider INVITE *
reply provider 486
send alice 486
send provider ACK *
ack alice
wait 40000
busy 0
# A call that nobody has heard of for four hours is over.
wait 14360000
ask alice REGISTER sip:example.net
send alice 200
ask alice INVITE sip:0309@example.net
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
ask alice INVITE sip:0310@example.net
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
ask alice INVITE sip:0311@example.net
send alice 403
  Warning: 399 sipfast "refused-calls-at-once"
ack alice
