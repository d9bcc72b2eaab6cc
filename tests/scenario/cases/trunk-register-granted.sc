# SPDX-License-Identifier: GPL-2.0-or-later
# A registrar that grants no time at all, a moment, or a century is not asked as fast
# as it answers.
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
	user = "acme"
	secret-file = "provider.secret"
	register = true
	probe = 0
}
.
phone provider udp 198.51.100.1:5060
start
wait 0
send provider REGISTER *
reply provider 200
  Contact: <sip:acme@192.0.2.1:5060>;expires=0
wait 29999
within 30001 send provider REGISTER *
reply provider 200
  Expires: 0
wait 29999
within 30001 send provider REGISTER *
reply provider 200
  Contact: <sip:acme@192.0.2.1:5060>;expires=1
wait 3999
wait 1
send provider REGISTER *
reply provider 200
  Contact: <sip:acme@192.0.2.1:5060>;expires=10
wait 4999
wait 1
send provider REGISTER *
# 2^32 milliseconds, and some, after it is refreshed a minute early
reply provider 200
  Contact: <sip:acme@192.0.2.1:5060>;expires=4295028
wait 4294967999
wait 1
send provider REGISTER *
reply provider 200
  Contact: <sip:acme@192.0.2.1:5060>;expires=4294967295
wait 86400000
