# SPDX-License-Identifier: GPL-2.0-or-later
# Out: the number is changed, the digest answered, once.
include trunk.inc
ask alice INVITE sip:0301234@example.net
  P-Asserted-Identity: <sip:president@example.net>
send alice 100
send provider INVITE sip:+49301234@provider.example
  Via: SIP/2.0/UDP 192.0.2.1:5060;{first}
  ! Authorization
  ! Proxy-Authorization
  ! P-Asserted-Identity
  Record-Route: <sip:*@192.0.2.1:5060;lr>
reply provider 407
  Proxy-Authenticate: Digest realm="provider.example", nonce="n1", algorithm=SHA-256, qop="auth"
send provider ACK *
send provider INVITE sip:+49301234@provider.example
  Via: SIP/2.0/UDP 192.0.2.1:5060;{second}
  Proxy-Authorization: Digest username="acme", *uri="sip:+49301234@provider.example"*
  ! Proxy-Authorization
  = digest acme hush
reply provider 180
send alice 180
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
follow provider BYE
send alice BYE *
reply alice 200
send provider 200
# Twice is enough.
ask alice INVITE sip:0301234@example.net
send alice 100
send provider INVITE *
reply provider 401
  WWW-Authenticate: Digest realm="provider.example", nonce="n2"
send provider ACK *
send provider INVITE *
  = digest acme hush
reply provider 401
  WWW-Authenticate: Digest realm="provider.example", nonce="n3"
send provider ACK *
send alice 401
ack alice
# The longest prefix wins.
ask alice INVITE sip:00987@example.net
send alice 100
send world INVITE sip:00987@198.51.100.9
  P-Asserted-Identity: <sip:alice@example.net>
  ! P-Asserted-Identity
reply world 404
send alice 404
send world ACK *
ack alice
ask alice MESSAGE sip:5551234@example.net
send alice 404
wait 40000
busy 0
