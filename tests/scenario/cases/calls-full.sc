# SPDX-License-Identifier: GPL-2.0-or-later
# The calls of users with a limit are remembered, and there are only so many: who has
# none of his own is told so, and not that he has too many.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net {
	authenticate = false
}
trunk provider {
	peers = {"198.51.100.1"}
	prefixes = {"0"}
	probe = 0
}
calls default {
	at-once = 2
}
calls bob {
	at-once = 0
}
.
include calls.inc
crowd 16384
ask alice INVITE sip:0301@example.net
send alice 403
  Warning: 399 sipfast "refused-full"
ack alice
counted refused-full 1
counted refused-calls-at-once 0
ask bob INVITE sip:0302@example.net
send bob 100
send provider INVITE *
reply provider 486
send bob 486
send provider ACK *
ack bob
