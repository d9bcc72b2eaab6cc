# SPDX-License-Identifier: GPL-2.0-or-later
# Timer C: who rings for 3 minutes is cancelled; each 1xx but 100 gives another
# three (RFC 3261, 16.7, step 2).
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 100
wait 100000
reply bob 180
send alice 180
wait 100000
reply bob 180
send alice 180
wait 179999
wait 1
send bob CANCEL sip:bob@192.0.2.20:5060
reply bob 200 CANCEL
reply bob 487 INVITE
send alice 487
send bob ACK *
ack alice
wait 40000
busy 0
