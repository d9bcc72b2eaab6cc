# SPDX-License-Identifier: GPL-2.0-or-later
# In: to a user, to the target, to nobody; never to another trunk, or elsewhere.
include trunk.inc
ask provider INVITE sip:alice@example.net
  From: <sip:+4930999@provider.example>;tag=p
send provider 100
send alice INVITE sip:alice@192.0.2.10:5060
  ! P-Asserted-Identity
reply alice 486
send alice ACK *
send provider 486
ack provider
ask provider INVITE sip:+4930555@192.0.2.1
  From: <sip:+4930999@provider.example>;tag=p
  P-Asserted-Identity: <sip:+4930999@provider.example>
send provider 100
send bob INVITE sip:bob@192.0.2.20:5060
  ! P-Asserted-Identity
reply bob 200
send provider 200
follow provider ACK
send bob ACK *
follow bob BYE
send provider BYE *
reply provider 200
send bob 200
# The other address of it is the trunk's, too.
ask second MESSAGE sip:alice@example.net
  From: <sip:+4930999@provider.example>;tag=p
send alice MESSAGE *
reply alice 200
send second 200
# No target there; and what is trusted stays.
ask udp 203.0.113.7:5060 INVITE sip:0301234@example.net
  From: <sip:x@world.example>;tag=p
send udp 203.0.113.7:5060 404
ack udp 203.0.113.7:5060
ask udp 203.0.113.7:5060 MESSAGE sip:alice@example.net
  From: <sip:x@world.example>;tag=p
  P-Asserted-Identity: <sip:x@world.example>
send alice MESSAGE *
  P-Asserted-Identity: <sip:x@world.example>
reply alice 200
send udp 203.0.113.7:5060 200
# No trunk to trunk, and no other domain.
ask world INVITE sip:0301234@example.net
  From: <sip:x@world.example>;tag=p
send world 404
ack world
ask world INVITE sip:x@198.51.100.1
  From: <sip:x@world.example>;tag=p
send world 403
ack world
# Not for help either: see emergency-trunk.
ask world INVITE sip:112@example.net
  From: <sip:x@world.example>;tag=p
send world 404
ack world
wait 40000
busy 0
