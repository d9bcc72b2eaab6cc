# SPDX-License-Identifier: GPL-2.0-or-later
# Whom nobody answers as there is no way, at boot, is asked again soon.
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
send provider REGISTER *
icmp provider
within 8000 send provider REGISTER *
icmp provider
within 8000 send provider REGISTER *
reply provider 200
  Contact: <sip:acme@192.0.2.1:5060>;expires=600
wait 30000
