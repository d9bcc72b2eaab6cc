# SPDX-License-Identifier: GPL-2.0-or-later
# Too much to do: 503 for some of what is new, while others and dialogs go on. Before
# that, fewer are told so.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 200
send alice 200
follow alice ACK
send bob ACK *
backlog 26
wait 50
ask bob MESSAGE sip:alice@example.net
send alice MESSAGE *
reply alice 200
send bob 200
wait 50
ask bob MESSAGE sip:alice@example.net
send alice MESSAGE *
reply alice 200
send bob 200
wait 50
ask bob MESSAGE sip:alice@example.net
send alice MESSAGE *
reply alice 200
send bob 200
wait 50
ask alice INVITE sip:bob@example.net
  Call-ID: other
send alice 503
  Retry-After: *
ack alice
ask bob MESSAGE sip:alice@example.net
send alice MESSAGE *
reply alice 200
send bob 200
wait 50
wait 50
ask bob MESSAGE sip:alice@example.net
send alice MESSAGE *
reply alice 200
send bob 200
follow alice INFO
send bob INFO *
reply bob 200
send alice 200
follow bob BYE
send alice BYE *
reply alice 200
send bob 200
backlog 0
wait 5000
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
reply bob 200
send alice 200
wait 40000
busy 0
