# SPDX-License-Identifier: GPL-2.0-or-later
# Between phone and registrar is a proxy, which has to know of flows: then a
# flow is one of its own, and it says when that has failed (RFC 5626, 5 and 6).
include outbound.inc
set edge udp 192.0.2.50:5060
ask udp 192.0.2.50:5060 REGISTER sip:example.net
  Via: SIP/2.0/UDP 192.0.2.50;branch=z9hG4bK-e1, SIP/2.0/TCP 10.1.1.1;branch=z9hG4bK-p1
  From: <sip:alice@example.net>;tag=p
  To: <sip:alice@example.net>
  Contact: <sip:far@10.1.1.1>;reg-id=1;$phone
  Path: <sip:edge@192.0.2.50;lr>
  Supported: path, outbound
send udp 192.0.2.50:5060 439
ask udp 192.0.2.50:5060 REGISTER sip:example.net
  Via: SIP/2.0/UDP 192.0.2.50;branch=z9hG4bK-e2, SIP/2.0/TCP 10.1.1.1;branch=z9hG4bK-p2
  From: <sip:alice@example.net>;tag=p
  To: <sip:alice@example.net>
  Contact: <sip:far@10.1.1.1>;reg-id=1;$phone
  Path: <sip:f1@192.0.2.50;lr;ob>
  Supported: path, outbound
send udp 192.0.2.50:5060 200
  Require: outbound
  ! Flow-Timer
wait 2000
ask udp 192.0.2.50:5060 REGISTER sip:example.net
  Via: SIP/2.0/UDP 192.0.2.50;branch=z9hG4bK-e3, SIP/2.0/TCP 10.1.1.1;branch=z9hG4bK-p3
  From: <sip:alice@example.net>;tag=p
  To: <sip:alice@example.net>
  Contact: <sip:far@10.1.1.1>;reg-id=2;$phone
  Path: <sip:f2@192.0.2.50;lr;ob>
  Supported: path, outbound
send udp 192.0.2.50:5060 200
ask alice REGISTER sip:example.net
  Expires: 0
send alice 200
ask bob MESSAGE sip:alice@example.net
send udp 192.0.2.50:5060 MESSAGE sip:far@10.1.1.1
  Route: <sip:f2@192.0.2.50;lr;ob>
reply udp 192.0.2.50:5060 430
send udp 192.0.2.50:5060 MESSAGE sip:far@10.1.1.1
  Route: <sip:f1@192.0.2.50;lr;ob>
reply udp 192.0.2.50:5060 200
send bob 200
wait 40000
busy 0
