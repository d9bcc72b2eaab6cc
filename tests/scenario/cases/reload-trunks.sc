# SPDX-License-Identifier: GPL-2.0-or-later
# Trunks come and go while calls are on their way to one: it is asked and answered as
# it was when the call began, whatever its number is now.
include trunk.inc
ask alice INVITE sip:0301234@example.net
send alice 100
send provider INVITE *
file other.secret
loud
.
conf
listen = {"udp:192.0.2.1:5060", "tcp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net {
	authenticate = false
}
trunk other {
	peers = {"198.51.100.77"}
	user = "someone"
	secret-file = "other.secret"
	probe = 0
}
trunk provider {
	peers = {"198.51.100.1", "198.51.100.2:5070"}
	user = "acme"
	secret-file = "provider.secret"
	prefixes = {"0"}
	probe = 0
}
trunk world {
	peers = {"198.51.100.9"}
	prefixes = {"009"}
	user = "acme"
	secret-file = "provider.secret"
	probe = 0
}
.
reload
reply provider 407 INVITE
  Proxy-Authenticate: Digest realm="p", nonce="n1", qop="auth"
send provider ACK *
send provider INVITE *
  = digest acme hush
reply provider 403
send provider ACK *
send alice 403
ack alice
# Now without any.
ask bob MESSAGE sip:0091234@example.net
send world MESSAGE *
conf
listen = {"udp:192.0.2.1:5060", "tcp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net {
	authenticate = false
}
.
reload
reply world 407 MESSAGE
  Proxy-Authenticate: Digest realm="w", nonce="n2", qop="auth"
send world MESSAGE *
  = digest acme hush
reply world 200
send bob 200
wait 40000
busy 0
