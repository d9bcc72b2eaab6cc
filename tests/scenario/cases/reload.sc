# SPDX-License-Identifier: GPL-2.0-or-later
# Another configuration, with calls under way: they go on.
include trunk.inc
ask alice INVITE sip:0301234@example.net
send alice 100
send provider INVITE *
ask bob MESSAGE sip:0301234@example.net
send provider MESSAGE *
conf
listen = {"udp:192.0.2.1:5060", "tcp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net {
	authenticate = false
}
.
reload
reply provider 200 MESSAGE
send bob 200
reply provider 407 INVITE
  Proxy-Authenticate: Digest realm="p", nonce="n1", qop="auth"
send provider ACK *
send provider INVITE *
  = digest acme hush
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
ask alice INVITE sip:0301234@example.net
send alice 404
ack alice
wait 40000
busy 0
