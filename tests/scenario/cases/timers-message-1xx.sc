# SPDX-License-Identifier: GPL-2.0-or-later
# After a 1xx it is sent again every 4 s, and F goes on as it was.
include phones.inc
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE sip:bob@192.0.2.20:5060
wait 200
reply bob 182
send alice 182
again alice
send alice again
wait 4000
send bob again
reply bob 183
send alice 183
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
wait 3800
wait 100000
busy 0
