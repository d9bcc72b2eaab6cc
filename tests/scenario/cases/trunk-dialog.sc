# SPDX-License-Identifier: GPL-2.0-or-later
# Within a dialog the provider may ask for credentials again.
include trunk.inc
ask alice INVITE sip:0301234@example.net
send alice 100
send provider INVITE *
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
follow alice BYE
send provider BYE *
  ! Proxy-Authorization
reply provider 407
  Proxy-Authenticate: Digest realm="provider.example", nonce="n1", qop="auth"
send provider BYE *
  = digest acme hush
reply provider 200
send alice 200
wait 40000
busy 0
