# SPDX-License-Identifier: GPL-2.0-or-later
# Timers E and F: a request that is no INVITE is sent again every 4 s at most,
# and nobody says 408 after 64 T1 (RFC 4320).
include phones.inc
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE sip:bob@192.0.2.20:5060
  ! Record-Route
again alice
wait 500
send bob again
wait 1000
send bob again
wait 2000
send bob again
wait 4000
send bob again
wait 4000
send bob again
wait 4000
send bob again
wait 4000
send bob again
wait 4000
send bob again
wait 4000
send bob again
wait 4000
send bob again
wait 500
wait 100000
busy 0
