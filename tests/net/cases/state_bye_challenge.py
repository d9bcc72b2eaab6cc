# SPDX-License-Identifier: GPL-2.0-or-later
"""A 401 or 407 to BYE does not close: the phone asks again, with credentials.

Media that had not begun by then begins, and media that had goes on.
"""
from lib import rtp
from lib.ua import Talk
from lib.ways import ways


def run(net):
    for caller, callee, target in ways(net):
        talk = Talk(caller, callee, target=target)
        for leg in (talk.call.a, talk.call.b):
            for status in (407, 401):
                talk.call.bye(leg, status=status)
                net.shows(calls=1, streams=1)
                rtp.both_ways(talk.two, talk.one)
        talk.call.bye()
        net.nothing_left()
        talk.close()
