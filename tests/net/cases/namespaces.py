# SPDX-License-Identifier: GPL-2.0-or-later
"""Namespaces come and go with live calls and registrations in them.

What one namespace knows is no other's; when it is gone, so is what it had, and
the module's last user with it.
"""
from lib import check
from lib.register import register
from lib.topology import Net
from lib.ua import Talk, pair

ROUNDS = 10


def run(net):
    mine = Talk(*pair(net))
    for _ in range(ROUNDS):
        other = Net(net.helper)
        phone, provider = pair(other)
        register(phone, provider)
        talk = Talk(phone, provider)
        talk.speak()
        other.shows(calls=1, registrations=1, call_new=1)
        other.close()
    net.shows(calls=1, registrations=0, call_new=1)
    mine.speak()
    mine.call.bye()
    net.nothing_left()
    if net.ours:
        net.unload()
        check.until(lambda: not users(), "the namespaces are gone")


def users():
    with open("/sys/module/nf_sipfast/refcnt", encoding="ascii") as file:
        return int(file.read())
