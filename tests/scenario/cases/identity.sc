# SPDX-License-Identifier: GPL-2.0-or-later
# P-Asserted-Identity (RFC 3325): of users nobody believes it, not within dialogs
# either; a trusted trunk is told who it is; and what a trusted one says goes to
# phones, unless the caller wants to be private.
include trunk.inc
ask alice INVITE sip:009123@example.net
  P-Asserted-Identity: <sip:president@example.net>
  P-Preferred-Identity: <sip:president@example.net>
send alice 100
send world INVITE sip:009123@198.51.100.9
  P-Asserted-Identity: <sip:alice@example.net>
  ! P-Asserted-Identity
  ! P-Preferred-Identity
reply world 200
send alice 200
follow alice ACK
send world ACK *
follow alice UPDATE
  P-Asserted-Identity: <sip:president@example.net>
send world UPDATE *
  ! P-Asserted-Identity
reply world 200
send alice 200
follow world UPDATE
  P-Asserted-Identity: <sip:x@world.example>
send alice UPDATE *
  P-Asserted-Identity: <sip:x@world.example>
reply alice 200
send world 200
ask alice MESSAGE sip:bob@example.net
  P-Asserted-Identity: <sip:president@example.net>
send bob MESSAGE *
  ! P-Asserted-Identity
reply bob 200
send alice 200
ask world MESSAGE sip:bob@example.net
  From: <sip:x@world.example>;tag=p
  P-Asserted-Identity: <sip:x@world.example>
send bob MESSAGE *
  P-Asserted-Identity: <sip:x@world.example>
reply bob 200
send world 200
ask world MESSAGE sip:bob@example.net
  From: <sip:anonymous@anonymous.invalid>;tag=p
  P-Asserted-Identity: <sip:x@world.example>
  Privacy: id
send bob MESSAGE *
  ! P-Asserted-Identity
  Privacy: id
reply bob 200
send world 200
# However much else has to be taken out.
recv alice
MESSAGE sip:009123@example.net SIP/2.0
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-many;rport
From: <sip:alice@example.net>;tag=many
To: <sip:009123@example.net>
Call-ID: many
CSeq: 1 MESSAGE
Max-Forwards: 70
Proxy-Authorization: Digest username="alice", realm="example.net", nonce="n", uri="sip:009123@example.net", response="00000000000000000000000000000000"
Proxy-Authorization: Digest username="alice", realm="example.net", nonce="n", uri="sip:009123@example.net", response="00000000000000000000000000000000"
Proxy-Authorization: Digest username="alice", realm="example.net", nonce="n", uri="sip:009123@example.net", response="00000000000000000000000000000000"
Proxy-Authorization: Digest username="alice", realm="example.net", nonce="n", uri="sip:009123@example.net", response="00000000000000000000000000000000"
Proxy-Authorization: Digest username="alice", realm="example.net", nonce="n", uri="sip:009123@example.net", response="00000000000000000000000000000000"
Proxy-Authorization: Digest username="alice", realm="example.net", nonce="n", uri="sip:009123@example.net", response="00000000000000000000000000000000"
Proxy-Authorization: Digest username="alice", realm="example.net", nonce="n", uri="sip:009123@example.net", response="00000000000000000000000000000000"
Proxy-Authorization: Digest username="alice", realm="example.net", nonce="n", uri="sip:009123@example.net", response="00000000000000000000000000000000"
Proxy-Authorization: Digest username="alice", realm="example.net", nonce="n", uri="sip:009123@example.net", response="00000000000000000000000000000000"
Proxy-Authorization: Digest username="alice", realm="example.net", nonce="n", uri="sip:009123@example.net", response="00000000000000000000000000000000"
Proxy-Authorization: Digest username="alice", realm="example.net", nonce="n", uri="sip:009123@example.net", response="00000000000000000000000000000000"
Proxy-Authorization: Digest username="alice", realm="example.net", nonce="n", uri="sip:009123@example.net", response="00000000000000000000000000000000"
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <sip:president@example.net>
P-Asserted-Identity: <tel:+1>
.
send world MESSAGE *
  ! Proxy-Authorization
  P-Asserted-Identity: <sip:alice@example.net>
  ! P-Asserted-Identity
reply world 200
send alice 200
# Who is called speaks as well, and is believed no more than who calls.
ask world INVITE sip:bob@example.net
  From: <sip:x@world.example>;tag=r
send world 100
send bob INVITE *
reply bob 180
  P-Asserted-Identity: <sip:president@example.net>
send world 180
  ! P-Asserted-Identity
reply bob 486
  P-Asserted-Identity: <sip:president@example.net>
send bob ACK *
send world 486
  ! P-Asserted-Identity
ack world
ask alice INVITE sip:009123@example.net
send alice 100
send world INVITE *
reply world 180
  P-Asserted-Identity: <sip:x@world.example>
send alice 180
  P-Asserted-Identity: <sip:x@world.example>
reply world 200
  P-Asserted-Identity: <sip:x@world.example>
  Privacy: id
send alice 200
  ! P-Asserted-Identity
  Privacy: id
follow alice ACK
send world ACK *
follow alice BYE
send world BYE *
reply world 200
send alice 200
# A trunk that is not trusted.
ask alice INVITE sip:0123@example.net
send alice 100
send provider INVITE *
reply provider 486
  P-Asserted-Identity: <sip:x@provider.example>
send provider ACK *
send alice 486
  ! P-Asserted-Identity
ack alice
wait 40000
busy 0
