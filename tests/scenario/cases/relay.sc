# SPDX-License-Identifier: GPL-2.0-or-later
# Nobody gets through who is not ours: whatever he says he is, wherever he wants
# to go.
include auth.inc
phone mallory udp 203.0.113.66:5060
# to somebody of ours, from somebody of nobody's
ask mallory INVITE sip:bob@example.net
  From: <sip:m@example.org>;tag=m
send mallory 403
ack mallory
# elsewhere
ask mallory INVITE sip:victim@example.org
  From: <sip:m@example.org>;tag=m
send mallory 403
ack mallory
# as one of ours, without proof
ask mallory INVITE sip:victim@example.org
  From: <sip:alice@example.net>;tag=m
send mallory 407
ack mallory
# by a Route
ask mallory INVITE sip:bob@example.net
  Route: <sip:203.0.113.99;lr>
  From: <sip:alice@example.net>;tag=m
send mallory 407
ack mallory
ask mallory MESSAGE sip:bob@example.net
  Route: <sip:192.0.2.1;lr>, <sip:203.0.113.99;lr>
  From: <sip:m@example.org>;tag=m
send mallory 403
# as if it were within a dialog
ask mallory BYE sip:victim@203.0.113.99
  From: <sip:m@example.org>;tag=m
  To: <sip:victim@example.org>;tag=v
send mallory 403
ask mallory BYE sip:victim@203.0.113.99
  From: <sip:alice@example.net>;tag=m
  To: <sip:victim@example.org>;tag=v
send mallory 407
# with a token that nobody made
ask mallory BYE sip:victim@203.0.113.99
  From: <sip:m@example.org>;tag=m
  To: <sip:victim@example.org>;tag=v
  Route: <sip:EAAAAAAAAAAA@192.0.2.1:5060;lr>
send mallory 403
# ACK is not answered, and goes nowhere
ask mallory ACK sip:victim@203.0.113.99
  From: <sip:m@example.org>;tag=m
  To: <sip:victim@example.org>;tag=v
  Route: <sip:EAAAAAAAAAAA@192.0.2.1:5060;lr>
# maddr
ask mallory INVITE sip:bob@example.net;maddr=203.0.113.99
  From: <sip:m@example.org>;tag=m
send mallory 403
ack mallory
# REGISTER for others
ask mallory REGISTER sip:example.org
  From: <sip:m@example.org>;tag=m
  To: <sip:m@example.org>
send mallory 403
wait 40000
busy 0
