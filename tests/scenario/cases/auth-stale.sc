# SPDX-License-Identifier: GPL-2.0-or-later
# A nonce is good for 300 s; the next one is said to be the only thing that is
# wrong.
include auth.inc
ask alice MESSAGE sip:bob@example.net
send alice 407
wait 301000
login alice alice wonder
send alice 407
  Proxy-Authenticate: *stale=true*
login alice alice wonder
send bob MESSAGE *
reply bob 200
send alice 200
again alice
send alice again
wait 40000
busy 0
