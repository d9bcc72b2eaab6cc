# SPDX-License-Identifier: GPL-2.0-or-later
"""The mark of TCP: what begins a whole message, and what does not.

Segments without data have no mark; of one with several messages it is the first
that counts.
"""
from cases.mark import MASK, Marks
from lib import check
from lib.tcp import connect, pair
from lib.ua import Leg

PLANS = ("ip4", "ip6")
SECONDS = 60
HELPERS = ("sipfast",)


def seen(marks, line, what, data, *words):
    """One segment with data is marked so; what acknowledges it is not."""
    marks.watch(*words)
    line.send(data)
    line.same(what)
    check.equal(marks.seen()[0], 1, f"packets marked {' '.join(words)}, of {what}")


def run(net):
    marks = Marks(net, "tcp")
    net.set("mark-mask", MASK)
    phone, provider = pair(net)
    leg = Leg(phone, provider, "one")
    whole = leg.make("OPTIONS", b"x" * 200)
    seen(marks, phone.line, "a message", whole, "options", "initial", "sdp")
    seen(marks, phone.line, "two", whole + leg.make("REGISTER"), "options", "initial", "sdp")
    seen(marks, phone.line, "a beginning", whole[:-100], "unclassified")
    seen(marks, phone.line, "an end", whole[-100:], "unclassified")
    seen(marks, phone.line, "a head", whole[:40], "unclassified")
    seen(marks, phone.line, "the rest", whole[40:], "unclassified")
    seen(marks, phone.line, "a message", whole, "options", "initial", "sdp")
    seen(marks, provider.line, "an answer",
         b"SIP/2.0 200 OK\r\n" + whole.partition(b"\r\n")[2], "options", "2xx", "sdp")
    # What is no SIP is not looked at any more.
    line, _ = connect(net.phone, net.provider)
    line.send(b"GET / HTTP/1.1\r\n\r\n")
    line.same()
    marks.watch("options", "initial", "sdp")
    line.send(whole)
    line.same("no SIP")
    check.equal(marks.seen()[0], 0, "packets marked, of a connection without SIP")
