# SPDX-License-Identifier: GPL-2.0-or-later
# Timer J: the final response is given again for 32 s. K: a response that comes
# again is absorbed for 5 s.
include phones.inc
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE sip:bob@192.0.2.20:5060
reply bob 200
send alice 200
again bob
wait 4999
again bob
busy 2
wait 1
busy 1
again alice
send alice again
wait 26999
again alice
send alice again
wait 1
busy 0
again alice
send bob MESSAGE *
reply bob 182
send alice 182
reply bob 480
send alice 480
again bob
reply bob 200
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
reply bob 182
send alice 182
reply bob 200
send alice 200
ask alice MESSAGE sip:bob@example.net
send bob MESSAGE *
reply bob 404
send alice 404
wait 40000
busy 0
