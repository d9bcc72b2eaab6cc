# SPDX-License-Identifier: GPL-2.0-or-later
# Of one class 401 and 407 come first (RFC 3261, 16.7, step 6); the challenges of
# all of them go back (step 7).
include fork.inc
ask alice INVITE sip:bob@example.net
send alice 100
send desk INVITE *
send cell INVITE *
reply desk 401
  WWW-Authenticate: Digest realm="desk", nonce="1"
send desk ACK *
reply cell 407
  Proxy-Authenticate: Digest realm="cell", nonce="2"
send cell ACK *
send home INVITE *
reply home 401
  WWW-Authenticate: Digest realm="home", nonce="3"
send home ACK *
send alice 401
  WWW-Authenticate: Digest realm="desk", nonce="1"
  Proxy-Authenticate: Digest realm="cell", nonce="2"
  WWW-Authenticate: Digest realm="home", nonce="3"
  ! WWW-Authenticate
  ! Proxy-Authenticate
ack alice
wait 60000
busy 0
