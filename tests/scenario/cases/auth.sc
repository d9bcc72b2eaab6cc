# SPDX-License-Identifier: GPL-2.0-or-later
# A call is asked for credentials, which go no further.
include auth.inc
ask alice INVITE sip:bob@example.net
send alice 407
  Proxy-Authenticate: *
  ! WWW-Authenticate
ack alice
login alice alice wonder
send alice 100
send bob INVITE sip:bob@192.0.2.20:5060
  ! Proxy-Authorization
  = unchanged
reply bob 200
send alice 200
follow alice ACK
send bob ACK *
follow alice BYE
send bob BYE *
reply bob 200
send alice 200
wait 40000
busy 0
