# SPDX-License-Identifier: GPL-2.0-or-later
# Timer D: what is no 2xx is acknowledged, again for each time that it comes,
# for 32 s, and shown to the caller once.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
  Via: {via}
  From: {from}
  Call-ID: {call}
  CSeq: {n} INVITE
reply bob 404
send alice 404
  = unchanged
send bob ACK sip:bob@192.0.2.20:5060
  Via: $via
  ! Via
  From: $from
  To: <sip:bob@example.net>;tag=bob
  Call-ID: $call
  CSeq: $n ACK
  Max-Forwards: 70
ack alice
wait 500
again bob
send bob again
wait 31499
again bob
send bob again
wait 1
busy 0
again bob
nothing
