# SPDX-License-Identifier: GPL-2.0-or-later
# sips: says that all of the way is secure: it is not, here (RFC 5630, 5.3).
include trunk.inc
ask alice MESSAGE sips:bob@example.net
send alice 480
  Warning: 380 example.net "SIPS Not Allowed"
ask alice MESSAGE sips:0301234@example.net
send alice 480
  ! Warning
ask alice MESSAGE sips:carol@example.org
send alice 404
wait 40000
busy 0
