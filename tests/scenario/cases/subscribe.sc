# SPDX-License-Identifier: GPL-2.0-or-later
# SUBSCRIBE makes a dialog, too; NOTIFY, REFER, PRACK and UPDATE go on in one.
include phones.inc
ask alice SUBSCRIBE sip:bob@example.net
  Event: dialog
send bob SUBSCRIBE *
  Record-Route: *
reply bob 202
send alice 202
  Record-Route: *
follow bob NOTIFY
  Event: dialog
  Subscription-State: active
send alice NOTIFY sip:alice@192.0.2.10:5060
  ! Route
reply alice 200
send bob 200
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 183
  Require: 100rel
  RSeq: 1
send alice 183
  RSeq: 1
follow alice PRACK
  RAck: 1 1 INVITE
send bob PRACK sip:bob@192.0.2.20:5060
  ! Route
reply bob 200
send alice 200
follow bob UPDATE
send alice UPDATE *
reply alice 200
send bob 200
reply bob 200 INVITE
send alice 200
follow alice ACK
send bob ACK *
follow alice REFER
  Refer-To: <sip:carol@example.org>
send bob REFER *
  Refer-To: <sip:carol@example.org>
  ! Record-Route
reply bob 202
send alice 202
follow bob NOTIFY
  Event: refer
  Subscription-State: terminated
send alice NOTIFY *
reply alice 200
send bob 200
ask alice PUBLISH sip:bob@example.net
  Event: presence
send bob PUBLISH *
reply bob 489
send alice 489
ask alice WHATEVER sip:bob@example.net
send bob WHATEVER *
reply bob 501
send alice 501
wait 40000
busy 0
