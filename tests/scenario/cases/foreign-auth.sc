# SPDX-License-Identifier: GPL-2.0-or-later
# Another domain's proxy asks for credentials of its own (RFC 3261, 22.3): they get
# there, and into a dialog; those for us do not.
include phones.inc
name example.org udp:198.51.100.1:5060
phone carol udp 198.51.100.1:5060
ask alice INVITE sip:carol@example.org
  Proxy-Authorization: Digest username="alice", realm="example.org", nonce="n", uri="sip:carol@example.org", response="00000000000000000000000000000000"
send alice 100
send carol INVITE sip:carol@example.org
  Proxy-Authorization: Digest username="alice", realm="example.org", *
reply carol 200
send alice 200
follow alice ACK
send carol ACK *
follow alice INFO
  Proxy-Authorization: Digest username="alice", realm="example.org", nonce="n", uri="sip:carol@example.org", response="00000000000000000000000000000000"
send carol INFO *
  Proxy-Authorization: Digest username="alice", realm="example.org", *
reply carol 200
send alice 200
ask alice MESSAGE sip:carol@example.org
  Proxy-Authorization: Digest username="alice", realm="example.net", nonce="n", uri="sip:carol@example.org", response="00000000000000000000000000000000"
send carol MESSAGE *
  ! Proxy-Authorization
reply carol 200
send alice 200
ask alice MESSAGE sip:carol@example.org
  Proxy-Authorization: Digest realm="example.org", username
send alice 400
ask alice MESSAGE sip:carol@example.org
  Proxy-Authorization: Bearer x
send carol MESSAGE *
  Proxy-Authorization: Bearer x
reply carol 200
send alice 200
wait 40000
busy 0
