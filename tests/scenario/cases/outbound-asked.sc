# SPDX-License-Identifier: GPL-2.0-or-later
# Who does not say that he knows of flows has none, and is not told of any (RFC
# 5626, 6). Who knows may only have one at a time.
include outbound.inc
ask alice REGISTER sip:example.net
  Contact: <sip:alice@192.0.2.10:5060>;reg-id=1;$phone
send alice 200
  ! Require
  ! Flow-Timer
ask alice REGISTER sip:example.net
  Supported: outbound
  Contact: <sip:alice@192.0.2.10:5060>;reg-id=1
send alice 200
  ! Require
ask alice REGISTER sip:example.net
  Supported: outbound
  Contact: <sip:a@192.0.2.10>;reg-id=1;$phone, <sip:b@192.0.2.10>
send alice 400
ask alice REGISTER sip:example.net
  Require: outbound
  Contact: <sip:a@192.0.2.10>;reg-id=1;$phone
send alice 200
  Require: outbound
  Flow-Timer: 29
ask alice REGISTER sip:example.net
  Require: outbound, gruu
  Contact: <sip:a@192.0.2.10>;reg-id=1;$phone
send alice 420
  Unsupported: gruu
# It goes by its number; and by its Contact, too.
ask alice REGISTER sip:example.net
  Supported: outbound
  Contact: <sip:any@192.0.2.10>;reg-id=1;$phone;expires=0
send alice 200
  Contact: <sip:alice@192.0.2.10:5060>;*
  ! Contact
ask bob REGISTER sip:example.net
  Contact: <sip:bob@10.0.0.5;transport=tcp;ob>;expires=0
send bob 200
  ! Contact
wait 40000
busy 0
