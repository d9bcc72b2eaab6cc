# SPDX-License-Identifier: GPL-2.0-or-later
# Other proxies behind us in a dialog: loose, and strict (RFC 3261, 16.4, 16.6
# step 6, 16.12.1.2).
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
  Record-Route: <sip:{bobs}@192.0.2.1:5060;lr>, <sip:{alices}@192.0.2.1:5060;lr>
  From: {from}
  Call-ID: {call}
reply bob 200
  Record-Route: <sip:192.0.2.77;lr>, <sip:$bobs@192.0.2.1:5060;lr>, <sip:$alices@192.0.2.1:5060;lr>
send alice 200
  To: {to}
# loose: the next Route says where
ask alice ACK sip:bob@192.0.2.20:5060
  From: $from
  To: $to
  Call-ID: $call
  Route: <sip:$alices@192.0.2.1:5060;lr>, <sip:$bobs@192.0.2.1:5060;lr>, <sip:192.0.2.77;lr>
send udp 192.0.2.77:5060 ACK sip:bob@192.0.2.20:5060
  Route: <sip:192.0.2.77;lr>
  ! Route
# on two lines
ask alice INFO sip:bob@192.0.2.20:5060
  From: $from
  To: $to
  Call-ID: $call
  Route: <sip:$alices@192.0.2.1:5060;lr>, <sip:$bobs@192.0.2.1:5060;lr>
  Route: <sip:192.0.2.77;lr>
send udp 192.0.2.77:5060 INFO sip:bob@192.0.2.20:5060
  Route: <sip:192.0.2.77;lr>
  ! Route
reply udp 192.0.2.77:5060 200
send alice 200
# the next one is strict: the Request-URI becomes the last Route
ask alice INFO sip:bob@192.0.2.20:5060
  From: $from
  To: $to
  Call-ID: $call
  Route: <sip:$alices@192.0.2.1:5060;lr>, <sip:$bobs@192.0.2.1:5060;lr>, <sip:192.0.2.77>
send udp 192.0.2.77:5060 INFO sip:192.0.2.77
  Route: <sip:bob@192.0.2.20:5060>
  ! Route
reply udp 192.0.2.77:5060 200
send alice 200
# and with more behind it
ask alice INFO sip:bob@192.0.2.20:5060
  From: $from
  To: $to
  Call-ID: $call
  Route: <sip:$alices@192.0.2.1:5060;lr>, <sip:$bobs@192.0.2.1:5060;lr>, <sip:192.0.2.77>, <sip:192.0.2.78;lr>
send udp 192.0.2.77:5060 INFO sip:192.0.2.77
  Route: <sip:192.0.2.78;lr>, <sip:bob@192.0.2.20:5060>
  ! Route
reply udp 192.0.2.77:5060 200
send alice 200
# the one before us is strict: we stand where the Request-URI should
ask alice INFO sip:$alices@192.0.2.1:5060;lr
  From: $from
  To: $to
  Call-ID: $call
  Route: <sip:$bobs@192.0.2.1:5060;lr>, <sip:bob@192.0.2.20:5060>
send bob INFO sip:bob@192.0.2.20:5060
  ! Route
reply bob 200
send alice 200
ask alice INFO sip:$alices@192.0.2.1:5060;lr
  From: $from
  To: $to
  Call-ID: $call
  Route: <sip:$bobs@192.0.2.1:5060;lr>, <sip:192.0.2.77;lr>, <sip:bob@192.0.2.20:5060>
send udp 192.0.2.77:5060 INFO sip:bob@192.0.2.20:5060
  Route: <sip:192.0.2.77;lr>
  ! Route
reply udp 192.0.2.77:5060 200
send alice 200
# a Route that nobody can read
ask alice INFO sip:bob@192.0.2.20:5060
  From: $from
  To: $to
  Call-ID: $call
  Route: <sip:$alices@192.0.2.1:5060;lr>, <tel:12>
send alice *
wait 40000
busy 0
