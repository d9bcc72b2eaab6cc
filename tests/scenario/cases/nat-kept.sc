# SPDX-License-Identifier: GPL-2.0-or-later
# A phone that says that it is elsewhere than where it comes from is behind a NAT,
# which forgets it when it is silent: it is sent something to answer, from the address
# that it registered at. Whom that is not about: phones that are where they say, that
# keep their flow alive themselves, that came over a connection or by a proxy.
conf
listen = {"udp:192.0.2.1:5060", "udp:192.0.2.1:5080", "tcp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net { authenticate = false }
.
user alice a
user bob b
user carol c
user dave d
user erin e
phone alice udp 203.0.113.5:41000 sip:alice@10.0.0.5:5060
phone bob udp 192.0.2.20:5060
phone carol tcp 203.0.113.6:41000 sip:carol@10.0.0.6:5060
phone dave udp 203.0.113.7:41000 sip:dave@10.0.0.7:5060
phone erin udp 203.0.113.8:41000 sip:erin@203.0.113.8
start
ask alice REGISTER sip:example.net
  Contact: <sip:alice@10.0.0.5:5060?Subject=x>
  Expires: 100
send alice 200
ask bob REGISTER sip:example.net
send bob 200
ask carol REGISTER sip:example.net
send carol 200
ask dave REGISTER sip:example.net
  Supported: outbound, path
  Contact: <sip:dave@10.0.0.7>;reg-id=1;+sip.instance="<urn:uuid:00000000-0000-1000-8000-000A95A0E128>"
send dave 200
ask udp 192.0.2.50:5060 REGISTER sip:example.net
  From: <sip:bob@example.net>;tag=p
  To: <sip:bob@example.net>
  Contact: <sip:far@10.1.1.1>
  Path: <sip:edge@192.0.2.50;lr>
  Supported: path
send udp 192.0.2.50:5060 200
wait 24999
wait 1
send alice OPTIONS sip:alice@10.0.0.5:5060
  Via: SIP/2.0/UDP 192.0.2.1:5060;*
  From: <sip:example.net>;tag=*
  To: <sip:alice@10.0.0.5:5060>
# What it says to that is nothing to anybody.
reply alice 200
nothing
wait 25000
send alice OPTIONS sip:alice@10.0.0.5:5060
# It is tried once, and then again when it is time.
wait 25000
send alice OPTIONS sip:alice@10.0.0.5:5060
counted kept 3
# It has expired.
wait 25000
wait 25000
# The same address, and another port: it is behind a NAT all the same.
ask erin REGISTER sip:example.net
send erin 200
wait 25000
send erin OPTIONS sip:erin@203.0.113.8
conf
listen = {"udp:192.0.2.1:5060", "udp:192.0.2.1:5080", "tcp:192.0.2.1:5060"}
workers = 1
store = memory
keepalive = 0
domain example.net { authenticate = false }
.
reload
wait 25000
send erin OPTIONS *
wait 60000
counted kept 5
busy 0
