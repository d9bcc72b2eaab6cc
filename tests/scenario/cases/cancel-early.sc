# SPDX-License-Identifier: GPL-2.0-or-later
# Before the first 1xx there is nothing that may be cancelled (RFC 3261, 9.1):
# CANCEL waits for it.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
  Via: {via}
cancel alice
send alice 200
wait 500
send bob again
reply bob 100
send bob CANCEL *
  Via: $via
reply bob 200 CANCEL
reply bob 487 INVITE
send bob ACK *
send alice 487
ack alice
wait 40000
busy 0
