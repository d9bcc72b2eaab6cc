# SPDX-License-Identifier: GPL-2.0-or-later
# What is no INVITE forks as well; of its answers only the best goes back.
include fork.inc
ask alice MESSAGE sip:bob@example.net
send desk MESSAGE *
send cell MESSAGE *
reply desk 404
reply cell 200
send alice 200
  To: <sip:bob@example.net>;tag=cell
wait 60000
ask alice MESSAGE sip:bob@example.net
send desk MESSAGE *
send cell MESSAGE *
reply desk 200
send alice 200
reply cell 200
nothing
wait 60000
ask alice OPTIONS sip:bob@example.net
send desk OPTIONS *
send cell OPTIONS *
reply desk 503
reply cell 503
send home OPTIONS *
reply home 503
send alice 500
wait 60000
busy 0
