# SPDX-License-Identifier: GPL-2.0-or-later
# What a trunk calls 112 is for a user of that name, or for its target; it never
# goes to the trunk for emergencies.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net { }
trunk help {
	peers = {"198.51.100.1"}
	probe = 0
	emergency = true
}
trunk other {
	peers = {"198.51.100.2"}
	probe = 0
}
trunk desk {
	peers = {"198.51.100.3"}
	probe = 0
	target = "alice"
}
.
user alice wonder
phone alice udp 192.0.2.10:5060
phone other udp 198.51.100.2:5060
phone desk udp 198.51.100.3:5060
start
ask alice REGISTER sip:example.net
send alice 401
login alice alice wonder
send alice 200
ask other INVITE sip:112@example.net
send other 404
ack other
ask other INVITE urn:service:sos
send other 404
ack other
ask desk INVITE sip:112@example.net
send desk 100
send alice INVITE *
reply alice 486
send desk 486
send alice ACK *
ack desk
ask desk INVITE urn:service:sos
send desk 100
send alice INVITE *
reply alice 486
send desk 486
send alice ACK *
ack desk
