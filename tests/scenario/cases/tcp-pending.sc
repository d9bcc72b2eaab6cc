# SPDX-License-Identifier: GPL-2.0-or-later
# A connection that does not come about ends with what says so.
include phones-tcp.inc
close bob
way bob pending
ask alice INVITE sip:bob@example.net
send alice 100
ask alice MESSAGE sip:bob@example.net
wait 3000
way bob refused
send alice 500
  CSeq: * MESSAGE
send alice 500
  CSeq: * INVITE
ack alice
way bob pending
ask alice MESSAGE sip:bob@example.net
way bob open
send bob MESSAGE *
reply bob 200
send alice 200
wait 40000
busy 0
