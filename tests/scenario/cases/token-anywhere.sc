# SPDX-License-Identifier: GPL-2.0-or-later
# A side that is reached where its Contact says could be said to be anywhere: only
# the other side of its dialog may say so, by its address or a digest.
include trunk.inc
phone mallory udp 192.0.2.66:5060
ask alice INVITE sip:0123@example.net
send alice 100
send provider INVITE sip:+49123@provider.example
  Record-Route: <sip:{trunks}@192.0.2.1:5060;lr>, <sip:{alices}@192.0.2.1:5060;lr>
  From: {from}
  Call-ID: {call}
reply provider 200
send alice 200
  To: {to}
follow alice ACK
send provider ACK *
# Mallory knows all of it, and where he wants to go.
ask mallory MESSAGE sip:victim@203.0.113.99
  From: $from
  To: $to
  Call-ID: $call
  Route: <sip:$alices@192.0.2.1:5060;lr>, <sip:$trunks@192.0.2.1:5060;lr>
send mallory 403
ask mallory MESSAGE sip:victim@203.0.113.99
  From: $from
  To: $to
  Call-ID: $call
  Route: <sip:$trunks@192.0.2.1:5060;lr>
send mallory 403
# To alice he may: she would be asked nothing else by who called her.
ask mallory MESSAGE sip:victim@203.0.113.99
  From: $from
  To: $to
  Call-ID: $call
  Route: <sip:$trunks@192.0.2.1:5060;lr>, <sip:$alices@192.0.2.1:5060;lr>
send alice MESSAGE *
reply alice 481
send mallory 481
follow alice BYE
send provider BYE *
reply provider 200
send alice 200
wait 40000
busy 0
