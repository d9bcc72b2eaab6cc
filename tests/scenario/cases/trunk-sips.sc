# SPDX-License-Identifier: GPL-2.0-or-later
# sips: goes to a trunk by those of its addresses that are reached over TLS, as
# sips: (RFC 5630, 5.3), whichever comes first; the others do for sip:.
conf
listen = {"udp:192.0.2.1:5060", "tcp:192.0.2.1:5060", "tls:192.0.2.1:5061"}
workers = 1
store = memory
domain example.net {
	authenticate = false
}
tls carriers {
}
trunk provider {
	peers = {"udp:198.51.100.1", "tls:198.51.100.2"}
	prefixes = {"0"}
	domain = "provider.example"
	probe = 0
}
.
user alice a
phone alice tls 192.0.2.10:5061
phone clear udp 198.51.100.1:5060
phone secure tls 198.51.100.2:5061
start
ask alice REGISTER sip:example.net
send alice 200
ask alice MESSAGE sips:0301234@example.net
send secure MESSAGE sips:0301234@provider.example
reply secure 200
send alice 200
ask alice MESSAGE sip:0301234@example.net
send clear MESSAGE sip:0301234@provider.example
reply clear 200
send alice 200
wait 40000
busy 0
