# SPDX-License-Identifier: GPL-2.0-or-later
# Timers A and B: INVITE is sent again at 500 ms, twice as long each time, and
# after 64 T1 that was it. G and H: the 408 that comes of it is sent again,
# every 4 s at most, until nobody can be there any more.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE sip:bob@192.0.2.20:5060
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
wait 499
wait 1
send alice 408
wait 500
send alice again
wait 1000
send alice again
wait 2000
send alice again
wait 4000
send alice again
wait 4000
send alice again
wait 4000
send alice again
wait 4000
send alice again
wait 4000
send alice again
wait 4000
send alice again
wait 4000
send alice again
wait 100000
busy 0
