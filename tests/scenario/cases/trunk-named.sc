# SPDX-License-Identifier: GPL-2.0-or-later
# A carrier that is known by its certificate, wherever it comes from, calls a phone
# behind another proxy: what it says within the call gets there.
conf
listen = {"udp:192.0.2.1:5060", "tls:192.0.2.1:5061"}
workers = 1
store = memory
domain example.net { authenticate = false }
tls carriers { }
trunk provider {
	peers = {"tls:198.51.100.1"}
	inbound-names = {"provider.example"}
	target = "bob"
	tls = "carriers"
	probe = 0
}
.
user bob b
phone provider tls 203.0.113.9:40010
phone edge udp 192.0.2.50:5060
certificate provider provider.example
start
ask edge REGISTER sip:example.net
  From: <sip:bob@example.net>;tag=p
  To: <sip:bob@example.net>
  Contact: <sip:far@10.1.1.1>
  Path: <sip:edge@192.0.2.50;lr>
  Supported: path
send edge 200
ask provider INVITE sip:123@192.0.2.1
  From: <sip:9@provider.example>;tag=1
send provider 100
send edge INVITE sip:far@10.1.1.1
reply edge 200
  Contact: <sip:far@192.0.2.50>
send provider 200
follow provider ACK
send edge ACK *
follow provider BYE
send edge BYE *
reply edge 200
send provider 200
wait 40000
busy 0
