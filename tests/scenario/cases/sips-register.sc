# SPDX-License-Identifier: GPL-2.0-or-later
# What the registrar makes of sips: (RFC 5630, 5.2): a sips: contact only with all that
# leads to it; which of both is in From and To does not matter.
include sips.inc
# The same address, whatever it is called.
ask bob REGISTER sips:example.net
  From: <sips:bob@example.net>;tag=b
  To: <sips:bob@example.net>
  Contact: <sip:bob@192.0.2.20:5061;transport=tls>
send bob 200
  Contact: <sip:bob@192.0.2.20:5061;transport=tls>;expires=3600
  Contact: <sips:bob@192.0.2.20:5061>;expires=3600
ask bob REGISTER sip:example.net
  From: <sips:bob@example.net>;tag=b
  To: <sips:bob@example.net>
  Contact: <sip:bob@192.0.2.20:5061;transport=tls>;expires=0
send bob 200
  Contact: <sips:bob@192.0.2.20:5061>;expires=3600
ask bob REGISTER sips:example.net
  From: <sip:bob@example.net>;tag=b
  To: <sips:bob@example.net>
  Contact: <sips:bob@192.0.2.20:5061>
send bob 200
# The Request-URI.
ask bob REGISTER sip:example.net
send bob 400
# The other contacts; one that goes is none.
ask bob REGISTER sips:example.net
  Contact: <sips:bob@192.0.2.20:5061>, <sip:bob@192.0.2.20:5060>
send bob 400
ask bob REGISTER sips:example.net
  Contact: <sips:bob@192.0.2.20:5061>, <sip:bob@192.0.2.20:5060>;expires=0
send bob 200
  Contact: <sips:bob@192.0.2.20:5061>;expires=3600
# Path, each of its elements.
ask bob REGISTER sips:example.net
  Supported: path
  Path: <sips:edge.example.net;lr>, <sip:198.51.100.9;lr>
send bob 400
ask bob REGISTER sips:example.net
  Supported: path
  Path: <sips:198.51.100.9;lr>
send bob 200
  Path: <sips:198.51.100.9;lr>
# The way it came.
ask carol REGISTER sips:example.net
  Contact: <sips:carol@192.0.2.30>
send carol 400
ask wss 192.0.2.40:40040 REGISTER sips:example.net
  From: <sip:carol@example.net>;tag=w
  To: <sip:carol@example.net>
  Contact: <sips:carol@x.invalid;transport=ws>
send wss 192.0.2.40:40040 200
# What is to go may be named by anything.
ask bob REGISTER sip:example.net
  Contact: <sips:bob@192.0.2.20:5061>;expires=0
send bob 200
  ! Contact
wait 40000
busy 0
