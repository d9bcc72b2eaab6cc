# SPDX-License-Identifier: GPL-2.0-or-later
# A carrier whose Contact is a name asks who we are within a call as well; another
# domain at the same address, that is called by name, is not told.
include trunk.inc
name gw.provider.example udp:198.51.100.1:5060
ask alice INVITE sip:0123@example.net
send alice 100
send provider INVITE *
reply provider 200
  Contact: <sip:x@gw.provider.example>
send alice 200
follow alice ACK
send provider ACK *
follow alice BYE
send provider BYE sip:x@gw.provider.example
reply provider 407
  Proxy-Authenticate: Digest realm="p", nonce="n1", qop="auth"
send provider BYE sip:x@gw.provider.example
  = digest acme hush
reply provider 200
send alice 200
ask alice MESSAGE sip:x@gw.provider.example
send provider MESSAGE *
reply provider 407
  Proxy-Authenticate: Digest realm="p", nonce="n2", qop="auth"
send alice 407
wait 40000
busy 0
