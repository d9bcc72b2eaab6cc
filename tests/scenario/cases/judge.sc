# SPDX-License-Identifier: GPL-2.0-or-later
# What RFC 3261, 16.3 refuses before anything else is asked.
include phones.inc
ask alice MESSAGE sip:bob@example.net
  Max-Forwards: 0
send alice 483
ask alice OPTIONS sip:bob@example.net
  Max-Forwards: 0
send alice 483
# Whom it is for need not forward it.
ask alice OPTIONS sip:example.net
  Max-Forwards: 0
send alice 200
ask alice MESSAGE sip:example.net
  Max-Forwards: 0
send alice 483
ask alice OPTIONS sip:example.net
  Require: foo, path, bar
send alice 420
  Unsupported: foo, bar
ask alice OPTIONS sip:example.net
  Require: path
send alice 200
ask alice MESSAGE sip:bob@example.net
  ! Max-Forwards
send bob MESSAGE *
  Max-Forwards: 70
  ! Max-Forwards
reply bob 200
send alice 200
ask alice MESSAGE sip:bob@example.net
  Max-Forwards: 1
send bob MESSAGE *
  Max-Forwards: 0
reply bob 200
send alice 200
ask alice MESSAGE sip:bob@example.net
  Max-Forwards: 255
send bob MESSAGE *
  Max-Forwards: 254
reply bob 200
send alice 200
ask alice MESSAGE sip:bob@example.net
  Max-Forwards: 71
send bob MESSAGE *
  Max-Forwards: 70
reply bob 200
send alice 200
# RFC 3261, 20.22: up to 255.
ask alice MESSAGE sip:bob@example.net
  Max-Forwards: 256
send alice 400
ask alice MESSAGE sip:bob@example.net
  Proxy-Require: foo, bar
send alice 420
  Unsupported: foo, bar
ask alice INVITE sip:bob@example.net
  Proxy-Require: privacy
send alice 420
  Unsupported: privacy
ack alice
ask alice MESSAGE sip:bob@example.net
  Require: anything
send bob MESSAGE *
  = unchanged
reply bob 420
send alice 420
ask alice MESSAGE ftp://example.net/x
send alice 416
ask alice INVITE nobodyknows:x
send alice 416
ack alice
ask alice ACK ftp://example.net/x
# Who is there, and who is not
ask alice MESSAGE sip:nobody@example.net
send alice 404
ask alice MESSAGE sip:%62ob@EXAMPLE.net
send bob MESSAGE *
reply bob 200
send alice 200
ask bob REGISTER sip:example.net
  Contact: *
  Expires: 0
send bob 200
  ! Contact
ask alice MESSAGE sip:bob@example.net
send alice 480
ask alice OPTIONS sip:example.net
send alice 200
  Allow: *INVITE*
ask alice OPTIONS sip:192.0.2.1
send alice 200
ask alice MESSAGE sip:example.net
send alice 405
  Allow: *
wait 40000
busy 0
