# SPDX-License-Identifier: GPL-2.0-or-later
# Several workers that end: what is under way goes on, wherever it lands.
include workers.inc
ask alice@0 INVITE sip:bob@example.net
send alice@0 100
send bob@0 INVITE *
drain
reply bob@2 200
send alice@0 200
follow alice@1 ACK
send bob@1 ACK *
follow alice@2 BYE
send bob@2 BYE *
reply bob@0 200
send alice@2 200
ask alice@1 MESSAGE sip:bob@example.net
send alice@1 503
  Retry-After: *
wait 40000
busy 0
