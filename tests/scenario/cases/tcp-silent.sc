# SPDX-License-Identifier: GPL-2.0-or-later
# Nobody answers over TCP: B and F, without sending anything twice. The 408 is
# kept for timer H.
include phones-tcp.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
wait 31999
wait 1
send alice 408
  CSeq: * INVITE
wait 40000
busy 0
