# SPDX-License-Identifier: GPL-2.0-or-later
# All of one preference have failed: the next ones are asked. The best of all
# final responses goes back.
include fork.inc
ask alice INVITE sip:bob@example.net
send alice 100
send desk INVITE *
send cell INVITE *
reply desk 486
send desk ACK *
nothing
reply cell 404
send cell ACK *
send home INVITE sip:home@192.0.2.23:5060
  Via: SIP/2.0/UDP 192.0.2.1:5060;*
  Via: SIP/2.0/UDP 192.0.2.10:5060;*
  Max-Forwards: 69
  Record-Route: *
reply home 180
send alice 180
reply home 500
send home ACK *
send alice 486
ack alice
wait 60000
busy 0
