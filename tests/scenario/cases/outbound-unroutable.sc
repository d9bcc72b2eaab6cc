# SPDX-License-Identifier: GPL-2.0-or-later
# Two flows of a phone, and no way to either: both are over before the first has been
# sent, and nobody looks at the second again.
conf
listen = {"udp:192.0.2.1:5060"}
workers = 1
store = memory
domain example.net { authenticate = false }
.
user alice a
user bob b
phone alice udp 192.0.2.10:5060
phone bob udp 192.0.2.20:40020
phone other udp 192.0.2.20:40021
start
ask alice REGISTER sip:example.net
send alice 200
set who <sip:bob@example.net>;tag=b
set phone +sip.instance="<urn:uuid:00000000-0000-1000-8000-000A95A0E128>"
ask bob REGISTER sip:example.net
  Supported: outbound, path
  Contact: <sip:bob@10.0.0.5;ob>;reg-id=1;$phone
send bob 200
wait 2000
ask other REGISTER sip:example.net
  From: $who
  To: <sip:bob@example.net>
  Supported: outbound, path
  Contact: <sip:bob@10.0.0.5;ob>;reg-id=2;$phone
send other 200
way bob unroutable
way other unroutable
ask alice INVITE sip:bob@example.net
send alice 100
send alice 500
ack alice
way bob open
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
reply bob 200
send alice 200
wait 40000
busy 0
