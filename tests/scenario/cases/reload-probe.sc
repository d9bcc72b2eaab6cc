# SPDX-License-Identifier: GPL-2.0-or-later
# A reload goes on with who does not answer, but where nobody asks any more.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net { authenticate = false }
trunk provider {
	peers = {"198.51.100.1", "198.51.100.2"}
	prefixes = {"0"}
	probe = 60
}
.
user alice a
phone alice udp 192.0.2.10:5060
phone first udp 198.51.100.1:5060
phone second udp 198.51.100.2:5060
start
ask alice REGISTER sip:example.net
send alice 200
wait 0
send first OPTIONS *
send second OPTIONS *
reply first 503
reply second 200
reload
wait 0
send second OPTIONS *
send first OPTIONS *
ask alice MESSAGE sip:01@example.net
send second MESSAGE *
reply second 200 MESSAGE
send alice 200
reply second 200 OPTIONS
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net { authenticate = false }
trunk provider {
	peers = {"198.51.100.1", "198.51.100.2"}
	prefixes = {"0"}
	probe = 0
}
.
reload
ask alice MESSAGE sip:01@example.net
send first MESSAGE *
reply first 200 MESSAGE
send alice 200
