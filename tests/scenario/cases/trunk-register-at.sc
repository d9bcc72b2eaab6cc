# SPDX-License-Identifier: GPL-2.0-or-later
# An account with what may not stand in the user of a URI: it is escaped there, and as it
# is in credentials.
file provider.secret
hush
.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net { authenticate = false }
trunk provider {
	peers = {"198.51.100.1"}
	user = "acme 1@mail.example"
	domain = "provider.example"
	secret-file = "provider.secret"
	register = true
	probe = 0
}
.
phone provider udp 198.51.100.1:5060
start
wait 0
send provider REGISTER sip:provider.example
  From: <sip:acme%201%40mail.example@provider.example>;tag=*
  To: <sip:acme%201%40mail.example@provider.example>
  Contact: <sip:acme%201%40mail.example@192.0.2.1:5060>
reply provider 401
  WWW-Authenticate: Digest realm="p", nonce="n1", qop="auth", algorithm=MD5
send provider REGISTER *
  Authorization: Digest username="acme 1@mail.example", *
reply provider 200
  Contact: <sip:acme%201%40mail.example@192.0.2.1:5060>;expires=900
wait 40000
busy 0
