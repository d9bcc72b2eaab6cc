# SPDX-License-Identifier: GPL-2.0-or-later
"""The module is unloaded with live calls, as soon as no rule names it.

While the table is there it cannot be. Packets of the calls that went on when it
was gone are nobody's: they neither crash nor come in.
"""
from lib import check, module, rtp
from lib.register import register
from lib.ua import Talk, pair

HELPERS = ("sipfast",)


def run(net):
    phone, provider = pair(net)
    register(phone, provider)
    talk = Talk(phone, provider)
    talk.speak()
    check.true(not module.remove(), "unloaded under its rules")
    talk.speak()
    net.unload()
    check.until(module.remove, "unloaded with live calls")
    rtp.deaf(talk.two, talk.one, "RTP without the module")
    phone.send(b"BYE", provider.at)
    provider.expect(b"BYE", None, "SIP without the module")
    net.load()
    net.shows(calls=0, registrations=0)
    talk.close()

    talk = Talk(phone, provider)
    talk.speak()
    talk.call.bye()
    net.nothing_left()
