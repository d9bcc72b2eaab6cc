# SPDX-License-Identifier: GPL-2.0-or-later
# Who has cancelled does not want the next flow either.
include outbound.inc
wait 2000
ask other REGISTER sip:example.net
  From: $who
  To: <sip:bob@example.net>
  Supported: outbound
  Contact: <sip:bob@10.0.0.5;ob>;reg-id=2;$phone
send other 200
ask alice INVITE sip:bob@example.net
send alice 100
send other INVITE *
reply other 180
send alice 180
cancel alice
send alice 200
send other CANCEL *
reply other 200 CANCEL
reply other 430 INVITE
send other ACK *
send alice 480
ack alice
wait 40000
busy 0
