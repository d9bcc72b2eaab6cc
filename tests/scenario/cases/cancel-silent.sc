# SPDX-License-Identifier: GPL-2.0-or-later
# Nobody is there at all: the CANCEL waits in vain for a 1xx (RFC 3261, 9.1), and
# 64 T1 end it as they would without one; but the caller has given up, and is
# told that. The same where a phone rang and does not answer CANCEL.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
cancel alice
send alice 200
wait 500
send bob again
wait 1000
send bob again
wait 2000
send bob again
wait 4000
send bob again
wait 8000
send bob again
wait 16000
send bob again
wait 500
send alice 487
ack alice
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 180
send alice 180
cancel alice
send alice 200
send bob CANCEL *
reply bob 200 CANCEL
within 33000 send alice 487
ack alice
wait 40000
busy 0
