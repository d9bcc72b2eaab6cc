# SPDX-License-Identifier: GPL-2.0-or-later
# The system tells the worker that answers would have come to: that one knows whose
# request it was, or asks all of them.
include workers.inc
ask alice@0 INVITE sip:bob@example.net
send alice@0 100
send bob@0 INVITE *
icmp bob@2
send alice@0 480
ack alice@0
ask alice@1 MESSAGE sip:bob@example.net
send bob@1 MESSAGE *
icmp bob@0 20
wait 500
send bob@1 again
icmp bob@0 20
send alice@1 480
wait 40000
busy 0
