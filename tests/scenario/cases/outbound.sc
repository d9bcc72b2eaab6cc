# SPDX-License-Identifier: GPL-2.0-or-later
# A phone is reached over its flow, whatever its Contact says (RFC 5626, 7). When
# the connection is gone so is the binding, and nobody tries the address in it.
include outbound.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE sip:bob@10.0.0.5;transport=tcp;ob
reply bob 200
  Contact: <sip:bob@10.0.0.5;transport=tcp;ob>
send alice 200
follow alice ACK
send bob ACK *
follow alice BYE
send bob BYE *
reply bob 200
send alice 200
close bob
ask alice MESSAGE sip:bob@example.net
send alice 480
ask bob REGISTER sip:example.net
  ! Contact
send bob 200
  ! Contact
wait 40000
busy 0
