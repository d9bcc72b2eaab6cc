# SPDX-License-Identifier: GPL-2.0-or-later
"""A 401 or 407 to BYE does not close: the phone asks again, with credentials."""
from lib.ua import Talk, pair


def run(net):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    for status in (407, 401):
        talk.call.bye(status=status)
        # Media that begins only now comes in as well.
        net.shows(calls=1, streams=2)
        talk.speak()
    talk.call.bye()
    net.nothing_left()
