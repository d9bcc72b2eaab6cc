# SPDX-License-Identifier: GPL-2.0-or-later
# The callee's connection is gone, and cannot be opened again.
include phones-tcp.inc
close bob
way bob refused
ask alice INVITE sip:bob@example.net
send alice 100
send alice 500
ack alice
ask alice MESSAGE sip:bob@example.net
send alice 500
wait 40000
busy 0
