# SPDX-License-Identifier: GPL-2.0-or-later
# Where sips: leads (RFC 5630, 5.3): to a sips: contact only, and there by TLS; and
# who asks for sip: is not given sips:.
include sips.inc
ask alice INVITE sips:bob@example.net
send alice 100
send bob INVITE sips:bob@192.0.2.20:5061
  Record-Route: <sips:*@192.0.2.1:5061;lr>, <sips:*@192.0.2.1:5061;lr>
reply bob 200
send alice 200
  Record-Route: <sips:*@192.0.2.1:5061;lr>, <sips:*@192.0.2.1:5061;lr>
follow alice ACK
send bob ACK *
follow bob BYE
send alice BYE sips:alice@192.0.2.10:5061
reply alice 200
send bob 200
# sip: stays sip:, but the way is as secure; nothing else of the contact changes.
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE sip:bob@192.0.2.20:5061
  Record-Route: <sip:*@192.0.2.1:5061;transport=tls;lr>, <sip:*@192.0.2.1:5061;transport=tls;lr>
reply bob 486
send bob ACK sip:bob@192.0.2.20:5061
send alice 486
ack alice
# Who comes in the clear could not come back by sips:.
ask carol INVITE sips:bob@example.net
send carol 100
send bob INVITE sips:bob@192.0.2.20:5061
  Record-Route: <sips:*@192.0.2.1:5061;lr>, <sip:*@192.0.2.1:5060;lr>
reply bob 486
send bob ACK *
send carol 486
ack carol
# A contact that is no sips: one is not reached, over TLS neither; and it is said.
ask alice MESSAGE sips:carol@example.net
send alice 480
  Warning: 380 example.net "SIPS Not Allowed"
ask bob REGISTER sips:example.net
  Contact: <sip:bob@192.0.2.20:5061;transport=tls>, <sips:bob@192.0.2.20:5061>;expires=0
send bob 200
ask alice MESSAGE sips:bob@example.net
send alice 480
  Warning: 380 example.net "SIPS Not Allowed"
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE sip:bob@192.0.2.20:5061;transport=tls
reply bob 200
send alice 200
# Nor where a carrier leads, for whom somebody stands in.
ask provider MESSAGE sips:+4930555@192.0.2.1
  From: <sip:+4930999@provider.example>;tag=p
send provider 480
  Warning: 380 example.net "SIPS Not Allowed"
# A carrier in the clear.
ask alice MESSAGE sips:0301234@example.net
send alice 480
  Warning: 380 example.net "SIPS Not Allowed"
ask alice MESSAGE sip:0301234@example.net
send provider MESSAGE sip:0301234@provider.example
reply provider 200
send alice 200
wait 40000
busy 0
