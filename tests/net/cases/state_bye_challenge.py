# SPDX-License-Identifier: GPL-2.0-or-later
"""A 401 or 407 to BYE does not close: the phone asks again, with credentials.

Media that had not begun by then begins, and media that had goes on.
"""
from lib import rtp
from lib.ua import Talk, pair


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    for status in (407, 401):
        talk.call.bye(status=status)
        net.shows(calls=1, streams=2)
        rtp.both_ways(talk.two, talk.one)
    talk.call.bye()
    net.nothing_left()
