# SPDX-License-Identifier: GPL-2.0-or-later
# A challenge alone never counts towards a ban, nor do nonces that are too old, were
# used, or given to somebody else.
include guard.inc
phone eve udp 192.0.2.66:5060
ask eve REGISTER sip:example.net
send eve 401
ask eve REGISTER sip:example.net
send eve 401
ask eve REGISTER sip:example.net
send eve 401
ask eve REGISTER sip:example.net
send eve 401
ask eve REGISTER sip:example.net
send eve 401
ask eve REGISTER sip:example.net
send eve 401
ask eve REGISTER sip:example.net
send eve 401
ask eve REGISTER sip:example.net
send eve 401
ask eve REGISTER sip:example.net
send eve 401
ask eve REGISTER sip:example.net
send eve 401
ask eve REGISTER sip:example.net
send eve 401
# Too old, with a secret that is wrong: nobody is told whether it was.
wait 301000
login eve alice wrong
send eve 401
  WWW-Authenticate: *stale=true*
wait 301000
login eve alice wrong
send eve 401
  WWW-Authenticate: *stale=true*
wait 301000
login eve alice wrong
send eve 401
  WWW-Authenticate: *stale=true*
wait 301000
login eve alice wrong
send eve 401
  WWW-Authenticate: *stale=true*
# A nonce that alice was given says nothing about who sends it in bob's name.
ask bob REGISTER sip:example.net
  Authorization: Digest username="bob", realm="example.net", nonce="00000000000000000000000000000000", uri="sip:example.net", response="00000000000000000000000000000000", algorithm=MD5, qop=auth, nc=00000001, cnonce="1"
send bob 401
  WWW-Authenticate: *stale=true*
