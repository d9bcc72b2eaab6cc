# SPDX-License-Identifier: GPL-2.0-or-later
# OPTIONS tell who answers; who does not is called last.
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
send first OPTIONS sip:198.51.100.1
  Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKsf00.*;rport
  From: <sip:sipfast@198.51.100.1>;tag={tag}
  To: <sip:198.51.100.1>
  Max-Forwards: 70
  Call-ID: {call}
  CSeq: * OPTIONS
send second OPTIONS *
reply second 200
# What says no is there; but for "not now".
reply first 503
ask alice MESSAGE sip:01@example.net
send second MESSAGE *
reply second 200
send alice 200
wait 60000
send second OPTIONS *
send first OPTIONS *
reply second 404
reply first 405
ask alice MESSAGE sip:01@example.net
send first MESSAGE *
reply first 200
send alice 200
wait 60000
send first OPTIONS *
  From: *;tag=$tag
  Call-ID: $call
send second OPTIONS *
reply second 200
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
ask alice MESSAGE sip:01@example.net
send second MESSAGE *
reply second 200
send alice 200
