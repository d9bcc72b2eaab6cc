# SPDX-License-Identifier: GPL-2.0-or-later
# A sips: Contact is for those who come over TLS (RFC 5630). Requests to sips: go
# to them, and to nobody else of the same user; sip: and sips: name the same one.
include outbound.inc
ask bob REGISTER sip:example.net
  Contact: <sips:bob@192.0.2.20>
send bob 400
ask alice REGISTER sip:example.net
  Contact: <sips:alice@192.0.2.10>
send alice 400
ask other REGISTER sips:example.net
  From: $who
  To: <sips:bob@example.net>
  Contact: <sips:bob@10.0.0.8:5061>
send other 200
phone sec tls 192.0.2.60:40060
ask sec MESSAGE sips:bob@example.net
  From: <sip:alice@example.net>;tag=s
send other MESSAGE sips:bob@10.0.0.8:5061
reply other 200
send sec 200
# Within a dialog, too: the token names a flow in the clear.
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
send other INVITE *
reply other 180
send alice 180
reply bob 200
send alice 200
send other CANCEL *
reply other 200 CANCEL
reply other 487 INVITE
send other ACK *
follow alice ACK
send bob ACK *
follow alice INFO sips:bob@10.0.0.5;transport=tcp;ob
send alice 480
wait 60000
