# SPDX-License-Identifier: GPL-2.0-or-later
# Calls for help go to the trunk that takes them, by whatever name, and past
# overload.
include trunk.inc
ask alice INVITE sip:112@example.net
send alice 100
send provider INVITE sip:112@provider.example
reply provider 486
send alice 486
send provider ACK *
ack alice
ask alice INVITE urn:service:sos
send alice 100
send provider INVITE sip:112@provider.example
reply provider 486
send alice 486
send provider ACK *
ack alice
ask alice INVITE urn:service:sos.fire
send alice 100
send provider INVITE sip:112@provider.example
reply provider 486
send alice 486
send provider ACK *
ack alice
ask alice INVITE tel:112
send alice 100
send provider INVITE sip:112@provider.example
reply provider 486
send alice 486
send provider ACK *
ack alice
# Whatever way a phone wants it to go, and in the clear if that is all there is.
ask alice INVITE sip:112@example.net
  Route: <sip:router.example;lr>
send alice 100
send provider INVITE sip:112@provider.example
  ! Route
reply provider 486
send alice 486
send provider ACK *
ack alice
ask alice INVITE sips:112@example.net
send alice 100
send provider INVITE sip:112@provider.example
reply provider 486
send alice 486
send provider ACK *
ack alice
# Not answered there: the second address, where it goes as it went to the first.
ask alice INVITE sips:112@example.net
  Route: <sip:router.example;lr>
send alice 100
send provider INVITE sip:112@provider.example
reply provider 503
send provider ACK *
send second INVITE sip:112@provider.example
  ! Route
reply second 486
send alice 486
send second ACK *
ack alice
ask alice INVITE urn:service:counseling
send alice 416
ack alice
drain
ask alice INVITE urn:service:sos
send alice 100
send provider INVITE sip:112@provider.example
reply provider 200
send alice 200
follow alice ACK
send provider ACK *
ask alice INVITE sip:911@example.net
send alice 100
send provider INVITE sip:911@provider.example
reply provider 486
send alice 486
send provider ACK *
ack alice
ask alice INVITE sip:bob@example.net
send alice 503
  Retry-After: *
ack alice
ask alice REGISTER sip:example.net
send alice 503
  Retry-After: *
follow alice BYE
send provider BYE *
reply provider 200
send alice 200
ask alice OPTIONS sip:example.net
send alice 200
wait 40000
busy 0
