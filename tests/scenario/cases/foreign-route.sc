# SPDX-License-Identifier: GPL-2.0-or-later
# One of ours who says which way to go is not believed either: preloaded Routes
# lead through us, or nowhere.
include auth.inc
ask alice INVITE sip:bob@example.net
  Route: <sip:203.0.113.99;lr>
send alice 407
ack alice
login alice alice wonder
send alice 403
ack alice
ask alice INVITE sip:bob@example.net
  Route: <sip:192.0.2.1;lr>
send alice 407
ack alice
login alice alice wonder
send alice 100
send bob INVITE *
  ! Route
reply bob 486
send alice 486
send bob ACK *
ack alice
# by the domain's name
ask alice MESSAGE sip:bob@example.net
  Route: <sip:example.net;lr>
send alice 407
login alice alice wonder
send bob MESSAGE *
  ! Route
reply bob 200
send alice 200
wait 40000
busy 0
