# SPDX-License-Identifier: GPL-2.0-or-later
# A token is good for its dialog, and no other.
include auth.inc
phone mallory udp 203.0.113.66:5060
ask alice INVITE sip:bob@example.net
send alice 407
ack alice
login alice alice wonder
send alice 100
send bob INVITE *
  Record-Route: <sip:{bobs}@192.0.2.1:5060;lr>, <sip:{alices}@192.0.2.1:5060;lr>
  Call-ID: {call}
  From: {from}
reply bob 200
send alice 200
  To: {to}
follow alice ACK
send bob ACK *
ask mallory BYE sip:bob@203.0.113.99
  From: <sip:m@example.org>;tag=m
  To: <sip:v@example.org>;tag=v
  Route: <sip:$alices@192.0.2.1:5060;lr>, <sip:$bobs@192.0.2.1:5060;lr>
send mallory 403
ask mallory BYE sip:bob@203.0.113.99
  From: <sip:m@example.org>;tag=m
  To: <sip:v@example.org>;tag=v
  Call-ID: $call
  Route: <sip:$alices@192.0.2.1:5060;lr>, <sip:$bobs@192.0.2.1:5060;lr>
send mallory 403
# What begins something is in no dialog, whatever it has learned of one.
ask mallory INVITE sip:0900@203.0.113.99
  From: $from
  To: <sip:v@example.org>
  Call-ID: $call
  Route: <sip:$alices@192.0.2.1:5060;lr>, <sip:$bobs@192.0.2.1:5060;lr>
send mallory 407
ack mallory
# Who knows all of a dialog is in it.
ask mallory BYE sip:bob@192.0.2.20:5060
  From: $from
  To: $to
  Call-ID: $call
  Route: <sip:$alices@192.0.2.1:5060;lr>, <sip:$bobs@192.0.2.1:5060;lr>
send bob BYE *
reply bob 200
send mallory 200
wait 40000
busy 0
