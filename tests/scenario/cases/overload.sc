# SPDX-License-Identifier: GPL-2.0-or-later
# Too much to do: 503 for what is new, while dialogs go on.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 200
send alice 200
follow alice ACK
send bob ACK *
backlog 26
ask alice INVITE sip:bob@example.net
  Call-ID: other
send alice 503
  Retry-After: *
ack alice
ask bob MESSAGE sip:alice@example.net
send bob 503
  Retry-After: *
follow alice INFO
send bob INFO *
reply bob 200
send alice 200
follow bob BYE
send alice BYE *
reply alice 200
send bob 200
backlog 25
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
reply bob 200
send alice 200
wait 40000
busy 0
