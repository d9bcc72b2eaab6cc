# SPDX-License-Identifier: GPL-2.0-or-later
# We register at the next address of a trunk when one is out of reach, says 503, or
# says nothing (RFC 3263, 4.3), and wait only after the last one.
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
name sip.provider.example udp:[2001:db8::1]:5060 udp:198.51.100.1:5060 udp:198.51.100.2:5060
phone first udp 198.51.100.1:5060
phone second udp 198.51.100.2:5060
start
wait 0
# No way to the one with IPv6; what one wants to know is nobody else's business.
send first REGISTER *
  Contact: <sip:acme@192.0.2.1:5060>
reply first 401
  WWW-Authenticate: Digest realm="p", nonce="n1", qop="auth", algorithm=MD5
send first REGISTER *
  = digest acme hush
reply first 503
send second REGISTER *
  Contact: <sip:acme@192.0.2.1:5060>
  ! Authorization
reply second 401
  WWW-Authenticate: Digest realm="p", nonce="n2", qop="auth", algorithm=MD5
send second REGISTER *
  = digest acme hush
reply second 423
  Min-Expires: 900
send second REGISTER *
  Expires: 900
  ! Authorization
reply second 200
  Contact: <sip:acme@192.0.2.1:5060>;expires=900
wait 840000
send first REGISTER *
  Expires: 900
icmp first
send second REGISTER *
reply second 200
  Contact: <sip:acme@192.0.2.1:5060>;expires=900
wait 840000
send first REGISTER *
wait 500
send first again
wait 1000
send first again
wait 2000
send first again
wait 4000
send first again
wait 4000
send first again
wait 4000
send first again
wait 4000
send first again
wait 4000
send first again
wait 4000
send first again
wait 4000
send first again
wait 500
send second REGISTER *
reply second 503
# Nobody else: in half a minute, with the first again.
wait 29999
within 30001 send first REGISTER *
reply first 503
send second REGISTER *
# Any other refusal is the trunk's word.
reply second 403
wait 29999
within 30001 send first REGISTER *
reply first 403
wait 29999
within 30001 send first REGISTER *
# Who is out of reach is no reason to ask somebody else less often.
way second unroutable
icmp first
within 8000 send first REGISTER *
reply first 200
