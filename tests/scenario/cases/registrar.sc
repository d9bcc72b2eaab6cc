# SPDX-License-Identifier: GPL-2.0-or-later
# REGISTER by way of the proxy: q, several contacts, fetch, wildcard, brief.
include phones.inc
ask alice REGISTER sip:example.net
  Contact: <sip:a@192.0.2.11>;q=0.3;expires=100
  Contact: <sip:b@192.0.2.12>
  Call-ID: one
  CSeq: 1 REGISTER
send alice 200
ask alice REGISTER sip:example.net
  ! Contact
send alice 200
  Contact: *
  Contact: *
  Contact: *
  ! Contact
ask alice REGISTER sip:example.net
  Contact: <sip:c@192.0.2.11>;expires=5
send alice 423
  Min-Expires: 60
ask alice REGISTER sip:example.net
  Contact: <sip:a@192.0.2.11>
  Call-ID: one
  CSeq: 1 REGISTER
send alice *
ask alice REGISTER sip:example.net
  Contact: *
send alice 400
ask alice REGISTER sip:example.net
  Contact: *
  Expires: 0
send alice 200
  ! Contact
ask alice REGISTER sip:example.net
  To: <sip:nobody@example.net>
  From: <sip:nobody@example.net>;tag=n
send alice 404
ask alice REGISTER sip:example.org
send alice 403
ask alice REGISTER sip:example.net
  Require: foo
send alice 420
  Unsupported: foo
ask alice REGISTER sip:example.net
  To: <sip:alice@example.net>;tag=x
  Expires: 60
send alice 200
wait 59000
ask bob MESSAGE sip:alice@example.net
send alice MESSAGE *
reply alice 200
send bob 200
wait 1000
ask bob MESSAGE sip:alice@example.net
send bob 480
wait 40000
busy 0
