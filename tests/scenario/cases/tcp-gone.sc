# SPDX-License-Identifier: GPL-2.0-or-later
# The caller's connection is gone before the answer: one is opened to where its
# Via says (RFC 3261, 18.2.2).
include phones-tcp.inc
ask alice INVITE sip:bob@example.net
  Via: SIP/2.0/TCP 192.0.2.10:5062;branch=z9hG4bK-gone
send alice 100
send bob INVITE *
close alice
reply bob 180
send tcp 192.0.2.10:5062 180
reply bob 486
send tcp 192.0.2.10:5062 486
send bob ACK *
wait 40000
busy 0
