# SPDX-License-Identifier: GPL-2.0-or-later
# Nobody is there at all: the CANCEL waits in vain, and 64 T1 end it
# as they would without one; but then who gave up is told so (RFC 3261, 9.1).
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
wait 40000
busy 0
