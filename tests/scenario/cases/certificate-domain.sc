# SPDX-License-Identifier: GPL-2.0-or-later
# A proxy that speaks for a domain's users has the domain's certificate; phones of
# the other have any, and passwords besides: those are asked for then.
conf
listen = {"udp:192.0.2.1:5060", "tcp:192.0.2.1:5060", "tls:192.0.2.1:5061"}
workers = 1
store = memory
tls phones { fingerprints = {"00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00"} }
domain example.net {
	authenticate = false
	client-certificate = domain
	tls = phones
}
domain example.com {
	algorithms = {MD5}
	client-certificate = required
}
.
user alice a
user carol c example.com
phone edge tls 192.0.2.10:40010
phone carol tls 192.0.2.20:40020
phone none tls 192.0.2.30:40030
certificate edge example.net
certificate carol whoever
start
ask carol REGISTER sip:example.net
  From: <sip:alice@example.net>;tag=a
  To: <sip:alice@example.net>
  Contact: <sip:alice@192.0.2.20>
send carol 403
ask edge REGISTER sip:example.net
  From: <sip:alice@example.net>;tag=a
  To: <sip:alice@example.net>
  Contact: <sip:alice@192.0.2.10:40010;transport=tls>
send edge 200
ask none REGISTER sip:example.com
  From: <sip:carol@example.com>;tag=c
  To: <sip:carol@example.com>
  Contact: <sip:carol@192.0.2.30>
send none 403
  ! WWW-Authenticate
ask carol REGISTER sip:example.com
  From: <sip:carol@example.com>;tag=c
  To: <sip:carol@example.com>
  Contact: <sip:carol@192.0.2.20>
send carol 401
  WWW-Authenticate: *
ask none MESSAGE sip:alice@example.net
  From: <sip:carol@example.com>;tag=c
send none 403
  ! Proxy-Authenticate
ask carol MESSAGE sip:alice@example.net
  From: <sip:carol@example.com>;tag=c
send carol 407
# Asked for no longer, by another configuration.
conf
listen = {"udp:192.0.2.1:5060", "tcp:192.0.2.1:5060", "tls:192.0.2.1:5061"}
workers = 1
store = memory
tls phones { fingerprints = {"00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00"} }
domain example.net { authenticate = false }
.
reload
ask none REGISTER sip:example.net
  From: <sip:alice@example.net>;tag=a
  To: <sip:alice@example.net>
  Contact: <sip:alice@192.0.2.30>
send none 200
wait 40000
busy 0
