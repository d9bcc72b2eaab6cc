# SPDX-License-Identifier: GPL-2.0-or-later
# CANCEL of nothing: 481 (RFC 3261, 9.2 and 16.10).
include phones.inc
ask alice CANCEL sip:bob@example.net
  CSeq: 7 CANCEL
send alice 481
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
reply bob 200
send alice 200
