# SPDX-License-Identifier: GPL-2.0-or-later
# Two flows of a phone are one target: the newer one is tried, the other one when
# that has failed (RFC 5626, 7). They have the same Contact.
include outbound.inc
wait 2000
ask other REGISTER sip:example.net
  From: $who
  To: <sip:bob@example.net>
  Supported: outbound
  Contact: <sip:bob@10.0.0.5;transport=tcp;ob>;reg-id=2;$phone
send other 200
  Require: outbound
  Contact: *;reg-id=2;*
  Contact: *;reg-id=1;*
ask alice INVITE sip:bob@example.net
send alice 100
send other INVITE sip:bob@10.0.0.5;transport=tcp;ob
# It has answered, so it has been asked: no other flow is.
reply other 486
send other ACK *
send alice 486
ack alice
# An answer that speaks of the flow, not of the phone.
ask alice INVITE sip:bob@example.net
send alice 100
send other INVITE *
reply other 430
send other ACK *
send bob INVITE *
reply bob 180
send alice 180
reply bob 200
send alice 200
follow alice ACK
send bob ACK *
# Nobody answers at all.
ask alice MESSAGE sip:bob@example.net
send other MESSAGE *
wait 31999
wait 1
send bob MESSAGE *
reply bob 430
# Which flow has failed is nothing to the caller.
send alice 480
# The connection cannot take it.
way other full
ask alice MESSAGE sip:bob@example.net
wait 0
send bob MESSAGE *
reply bob 200
send alice 200
way other open
close other
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
reply bob 200
send alice 200
wait 60000
busy 0
