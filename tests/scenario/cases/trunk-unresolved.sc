# SPDX-License-Identifier: GPL-2.0-or-later
# Of two names of a trunk one cannot be resolved for a while: its addresses stay what
# they were, to call and to be called from.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net { authenticate = false }
trunk provider {
	peers = {"one.provider.example", "two.provider.example"}
	prefixes = {"0"}
	target = "alice"
	probe = 0
}
.
user alice a
name one.provider.example udp:198.51.100.1:5060
name two.provider.example udp:198.51.100.2:5060
phone alice udp 192.0.2.10:5060
phone one udp 198.51.100.1:5060
phone two udp 198.51.100.2:5060
start
ask alice REGISTER sip:example.net
send alice 200
name one.provider.example fails
wait 60000
ask one MESSAGE sip:12@192.0.2.1
  From: <sip:9@provider.example>;tag=1
send alice MESSAGE *
reply alice 200
send one 200
ask alice MESSAGE sip:012@example.net
send one MESSAGE sip:012@one.provider.example
reply one 503
send two MESSAGE *
reply two 200
send alice 200
name one.provider.example udp:198.51.100.3:5060
wait 60000
ask one MESSAGE sip:12@192.0.2.1
  From: <sip:9@provider.example>;tag=2
send one 403
ask alice MESSAGE sip:012@example.net
send udp 198.51.100.3:5060 MESSAGE *
reply udp 198.51.100.3:5060 200
send alice 200
wait 40000
busy 0
