# SPDX-License-Identifier: GPL-2.0-or-later
# Timers L and M (RFC 6026): 2xx that come again go on for 32 s, and INVITEs
# that come again are absorbed as long.
include phones.inc
ask alice INVITE sip:bob@example.net
send alice 100
send bob INVITE *
reply bob 200
send alice 200
wait 500
again bob
send alice again
again alice
wait 1000
reply bob 200
send alice 200
follow alice ACK
send bob ACK *
wait 30499
again alice INVITE
again bob
send alice again
busy 2
wait 1
busy 0
again bob
nothing
again alice INVITE
send alice 100
send bob INVITE *
reply bob 486
send alice 486
send bob ACK *
ack alice
