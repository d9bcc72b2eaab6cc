# SPDX-License-Identifier: GPL-2.0-or-later
# Over TCP a request that comes again is absorbed while it is under way.
include phones-tcp.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
again alice
send alice again
reply bob 180
send alice 180
again alice
send alice again
reply bob 600
send bob ACK *
send alice 600
wait 31999
busy 1
wait 1
busy 0
