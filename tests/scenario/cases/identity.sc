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
wait 40000
busy 0
