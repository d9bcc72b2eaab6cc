# SPDX-License-Identifier: GPL-2.0-or-later
# A call from a trunk: both directions, by the token, and strangers with none.
include trunk.inc
ask provider INVITE sip:bob@192.0.2.1
  From: <sip:+4930999@provider.example>;tag=p
send provider 100
send bob INVITE sip:bob@192.0.2.20:5060
reply bob 180
send provider 180
reply bob 200
send provider 200
follow provider ACK
send bob ACK *
follow provider INVITE
send provider 100
send bob INVITE sip:bob@192.0.2.20:5060
  ! Record-Route
  ! Route
reply bob 200
send provider 200
follow provider BYE
send bob BYE *
reply bob 200
send provider 200
ask udp 192.0.2.99:5060 BYE sip:bob@192.0.2.20:5060
  From: <sip:+4930999@provider.example>;tag=p
  To: <sip:bob@192.0.2.1>;tag=bob
send udp 192.0.2.99:5060 403
wait 40000
busy 0
