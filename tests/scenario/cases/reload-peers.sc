# SPDX-License-Identifier: GPL-2.0-or-later
# A trunk that has other peers after a reload: nothing is left of the old ones, and
# we register at the new one at once, whether its name is known then or later.
file provider.secret
hush
.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net { authenticate = false }
trunk provider {
	peers = {"one.example"}
	prefixes = {"0"}
	domain = "provider.example"
	user = "acme"
	secret-file = "provider.secret"
	register = true
	target = "alice"
	probe = 0
}
.
name one.example udp:198.51.100.1:5060
name two.example waits
name three.example udp:198.51.100.3:5060
user alice a
phone alice udp 192.0.2.10:5060
phone one udp 198.51.100.1:5060
phone two udp 198.51.100.2:5060
phone three udp 198.51.100.3:5060
start
ask alice REGISTER sip:example.net
send alice 200
wait 0
send one REGISTER sip:provider.example
reply one 200
ask one MESSAGE sip:0301234@example.net
  From: <sip:+4930999@one.example>;tag=p
send alice MESSAGE *
reply alice 200
send one 200
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net { authenticate = false }
trunk provider {
	peers = {"two.example"}
	prefixes = {"0"}
	domain = "provider.example"
	user = "acme"
	secret-file = "provider.secret"
	register = true
	target = "alice"
	probe = 0
}
.
reload
wait 0
nothing
# Neither called nor believed.
ask alice MESSAGE sip:0301234@example.net
send alice 500
ask one MESSAGE sip:0301234@example.net
  From: <sip:+4930999@one.example>;tag=p
send one 403
name two.example udp:198.51.100.2:5060
wait 0
send two REGISTER sip:provider.example
reply two 200
ask alice MESSAGE sip:0301234@example.net
send two MESSAGE *
reply two 200
send alice 200
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net { authenticate = false }
trunk provider {
	peers = {"three.example"}
	prefixes = {"0"}
	domain = "provider.example"
	user = "acme"
	secret-file = "provider.secret"
	register = true
	target = "alice"
	probe = 0
}
.
reload
wait 0
send three REGISTER sip:provider.example
reply three 200
ask two MESSAGE sip:0301234@example.net
  From: <sip:+4930999@two.example>;tag=p
send two 403
# Another user at the same carrier.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net { authenticate = false }
trunk provider {
	peers = {"three.example"}
	domain = "provider.example"
	user = "other"
	secret-file = "provider.secret"
	register = true
	probe = 0
}
.
reload
wait 0
send three REGISTER sip:provider.example
  From: <sip:other@provider.example>*
  Contact: <sip:other@*
reply three 200
wait 40000
busy 0
