# SPDX-License-Identifier: GPL-2.0-or-later
# tel: URIs: a number of the trunk's, or of nobody.
include trunk.inc
ask alice INVITE tel:0301234
send alice 100
send provider INVITE sip:+49301234@provider.example
reply provider 486
send alice 486
send provider ACK *
ack alice
ask alice MESSAGE tel:5551234
send alice 404
wait 40000
busy 0
