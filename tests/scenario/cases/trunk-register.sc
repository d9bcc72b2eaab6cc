# SPDX-License-Identifier: GPL-2.0-or-later
# We register: challenge, 423, refresh, and again after a failure.
file provider.secret
hush
.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net { authenticate = false }
trunk provider {
	peers = {"sip.provider.example"}
	user = "acme"
	secret-file = "provider.secret"
	register = true
	expires = 600
	probe = 0
}
.
name sip.provider.example udp:198.51.100.1:5060
phone provider udp 198.51.100.1:5060
start
wait 0
send provider REGISTER sip:sip.provider.example
  From: <sip:acme@sip.provider.example>;tag={tag}
  To: <sip:acme@sip.provider.example>
  Contact: <sip:acme@192.0.2.1:5060>
  Expires: 600
  Call-ID: {call}
  ! Authorization
reply provider 401
  WWW-Authenticate: Digest realm="p", nonce="n1", qop="auth", algorithm=MD5
send provider REGISTER *
  Call-ID: $call
  From: *;tag=$tag
  = digest acme hush
reply provider 423
  Min-Expires: 900
send provider REGISTER *
  Expires: 900
  ! Authorization
reply provider 401
  WWW-Authenticate: Digest realm="p", nonce="n2", qop="auth", algorithm=MD5
send provider REGISTER *
  Expires: 900
  = digest acme hush
reply provider 200
  Contact: <sip:acme@192.0.2.1:5060>;expires=900
wait 839999
wait 1
send provider REGISTER *
  Call-ID: $call
  Expires: 900
reply provider 403
within 60000 send provider REGISTER *
wait 500
send provider again
wait 1000
send provider again
wait 2000
send provider again
wait 4000
send provider again
wait 4000
send provider again
wait 4000
send provider again
wait 4000
send provider again
wait 4000
send provider again
wait 4000
send provider again
wait 4000
send provider again
wait 500
wait 29999
within 30001 send provider REGISTER *
reply provider 200
  Contact: <sip:acme@192.0.2.1:5060>;expires=60
wait 30000
send provider REGISTER *
reply provider 200
  Contact: <sip:acme@192.0.2.1:5060>
  Expires: 3600
wait 3539999
wait 1
send provider REGISTER *
reply provider 200
# A reload goes on where it was.
reload
wait 0
send provider REGISTER *
reply provider 200
