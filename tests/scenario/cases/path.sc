# SPDX-License-Identifier: GPL-2.0-or-later
# Through another proxy: Path is where it goes (RFC 3327).
include phones.inc
ask udp 192.0.2.50:5060 REGISTER sip:example.net
  From: <sip:alice@example.net>;tag=p
  To: <sip:alice@example.net>
  Contact: <sip:far@10.1.1.1>
  Path: <sip:edge@192.0.2.50;lr>
  Supported: path
send udp 192.0.2.50:5060 200
  Path: <sip:edge@192.0.2.50;lr>
ask alice REGISTER sip:example.net
  Expires: 0
send alice 200
ask bob MESSAGE sip:alice@example.net
send udp 192.0.2.50:5060 MESSAGE sip:far@10.1.1.1
  Route: <sip:edge@192.0.2.50;lr>
  ! Route
reply udp 192.0.2.50:5060 200
send bob 200
wait 40000
busy 0
