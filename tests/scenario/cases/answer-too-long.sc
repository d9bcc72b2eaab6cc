# SPDX-License-Identifier: GPL-2.0-or-later
# A request that just fits: what an answer has to say of it does not, and nobody is
# told. That is the end of it: it takes no place for ever.
include phones-tcp.inc
set t tttttttttttttttttttttttttttttttttttttttttttttttttt
ask alice MESSAGE sip:bob@example.net
  Subject: $t$t$t$t$t$t$t$t$t$t$t$t$t$t$t$t$t$t$t$t
send bob MESSAGE *
  Subject: {x}
reply bob 200
send alice 200
recv alice
MESSAGE sip:bob@example.net SIP/2.0
v: SIP/2.0/TCP 192.0.2.10:40010;branch=z9hG4bK-message;rport;x=$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$t$t$t$t$t$t
f: <sip:alice@example.net>;tag=alice
t: <sip:bob@example.net>
i: message
CSeq: 1 MESSAGE
.
nothing
wait 40000
busy 0
recv alice
INVITE sip:bob@example.net SIP/2.0
v: SIP/2.0/TCP 192.0.2.10:40010;branch=z9hG4bK-invite;rport;x=$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$t$t$t$t$t$t
f: <sip:alice@example.net>;tag=alice
t: <sip:bob@example.net>
i: invite
CSeq: 1 INVITE
.
# This one still fits.
send alice 100
wait 40000
busy 0
