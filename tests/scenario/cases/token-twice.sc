# SPDX-License-Identifier: GPL-2.0-or-later
# Who was called by one of ours, and belongs to nobody, has the tokens of the call, and
# perhaps two of his own: with them he reaches who called him, and nobody else.
include trunk.inc
name example.org udp:192.0.2.71:5060 udp:192.0.2.72:5060
phone before udp 192.0.2.71:5060
phone carol udp 192.0.2.72:5060
ask alice INVITE sip:carol@example.org
send alice 100
send before INVITE sip:carol@example.org
  Record-Route: <sip:{others}@192.0.2.1:5060;lr>, <sip:{alices}@192.0.2.1:5060;lr>
reply before 503
send before ACK *
send carol INVITE sip:carol@example.org
  Record-Route: <sip:{carols}@192.0.2.1:5060;lr>, <sip:$alices@192.0.2.1:5060;lr>
  From: {from}
  Call-ID: {call}
reply carol 200
send alice 200
  To: {to}
follow alice ACK
send carol ACK *
# His own token twice.
ask carol MESSAGE sip:victim@203.0.113.99
  From: $to
  To: $from
  Call-ID: $call
  Route: <sip:$carols@192.0.2.1:5060;lr>, <sip:$carols@192.0.2.1:5060;lr>
send carol 403
# To a carrier, who would ask us who we are.
ask carol MESSAGE sip:0900@198.51.100.1
  From: $to
  To: $from
  Call-ID: $call
  Route: <sip:$carols@192.0.2.1:5060;lr>, <sip:$carols@192.0.2.1:5060;lr>
send carol 403
# That of another address of his.
ask carol MESSAGE sip:victim@203.0.113.99
  From: $to
  To: $from
  Call-ID: $call
  Route: <sip:$carols@192.0.2.1:5060;lr>, <sip:$others@192.0.2.1:5060;lr>
send carol 403
# By way of who called him.
ask carol MESSAGE sip:alice@192.0.2.10:5060
  From: $to
  To: $from
  Call-ID: $call
  Route: <sip:$carols@192.0.2.1:5060;lr>, <sip:$alices@192.0.2.1:5060;lr>, <sip:203.0.113.99;lr>
send alice MESSAGE *
  Route: <sip:203.0.113.99;lr>
reply alice 481
send carol 481
# ACK, which nobody can be asked for, goes to where its token says.
ask carol ACK sip:victim@203.0.113.99
  From: $to
  To: $from
  Call-ID: $call
  Route: <sip:$carols@192.0.2.1:5060;lr>, <sip:$others@192.0.2.1:5060;lr>
send before ACK sip:victim@203.0.113.99
ask carol ACK sip:victim@203.0.113.99
  From: $to
  To: $from
  Call-ID: $call
  Route: <sip:$carols@192.0.2.1:5060;lr>
send carol ACK sip:victim@203.0.113.99
# What he is there for.
follow carol BYE
send alice BYE sip:alice@192.0.2.10:5060
reply alice 200
send carol 200
# A phone that has moved cannot say where to, and its ACK gets there all the same.
phone away udp 192.0.2.11:5060
ask alice INVITE sip:0123@example.net
send alice 100
send provider INVITE *
  Record-Route: <sip:{trunks}@192.0.2.1:5060;lr>, <sip:{alices}@192.0.2.1:5060;lr>
  From: {from}
  Call-ID: {call}
reply provider 200
send alice 200
  To: {to}
ask away ACK sip:provider@198.51.100.1:5060
  From: $from
  To: $to
  Call-ID: $call
  Route: <sip:$alices@192.0.2.1:5060;lr>, <sip:$trunks@192.0.2.1:5060;lr>
send provider ACK sip:provider@198.51.100.1:5060
# A trunk has nothing to say to itself either.
ask provider MESSAGE sip:victim@203.0.113.99
  From: $to
  To: $from
  Call-ID: $call
  Route: <sip:$trunks@192.0.2.1:5060;lr>, <sip:$trunks@192.0.2.1:5060;lr>
send provider 403
follow provider BYE
send alice BYE *
reply alice 200
send provider 200
wait 40000
busy 0
