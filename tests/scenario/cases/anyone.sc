# SPDX-License-Identifier: GPL-2.0-or-later
# A domain for anybody: no users, no secrets, and no calls out.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net {
	authenticate = false
	anyone = true
}
trunk provider {
	peers = {"198.51.100.1"}
	prefixes = {"0"}
	probe = 0
}
.
phone alice udp 192.0.2.10:5060
phone bob udp 192.0.2.20:5060
phone stranger udp 203.0.113.5:5060
start
ask alice REGISTER sip:example.net
send alice 200
ask bob REGISTER sip:example.net
send bob 200
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
reply bob 200
send alice 200
# Who is not registered calls those who are, and nobody else.
ask stranger MESSAGE sip:bob@example.net
send bob MESSAGE *
reply bob 200
send stranger 200
ask stranger MESSAGE sip:0301234@example.net
send stranger 403
ask stranger MESSAGE sip:carol@example.org
send stranger 403
# Nor does the name of one who is help.
ask stranger MESSAGE sip:0301234@example.net
  From: <sip:alice@example.net>;tag=x
send stranger 403
wait 40000
busy 0
