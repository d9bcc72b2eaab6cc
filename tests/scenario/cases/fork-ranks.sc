# SPDX-License-Identifier: GPL-2.0-or-later
# Which of several refusals goes back: the lowest class, and 503 is nobody's
# (RFC 3261, 16.7, step 6).
include fork.inc
ask alice MESSAGE sip:bob@example.net
send desk MESSAGE *
send cell MESSAGE *
reply desk 503
reply cell 302
send home MESSAGE *
reply home 404
send alice 302
ask alice MESSAGE sip:bob@example.net
send desk MESSAGE *
send cell MESSAGE *
reply desk 480
reply cell 486
send home MESSAGE *
reply home 500
send alice 486
ask alice MESSAGE sip:bob@example.net
send desk MESSAGE *
send cell MESSAGE *
reply desk 503
reply cell 404
send home MESSAGE *
reply home 408
send alice 404
# What nobody said anything about is better than what broke.
ask alice MESSAGE sip:bob@example.net
send desk MESSAGE *
send cell MESSAGE *
reply desk 480
reply cell 500
send home MESSAGE *
reply home 503
send alice 480
wait 60000
busy 0
