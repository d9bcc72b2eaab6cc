# SPDX-License-Identifier: GPL-2.0-or-later
"""10 000 connections that register, register again, and once more after a reload.

The reload comes with another certificate, and is over when a new connection gets to see
it. Those that were there before go on as they are.
"""
import signal
import time

from harness.guest import say
from harness.parts import tell
from harness.table import Count, Failed, Row
from harness.tlsserver import Phones, TlsKamailio, TlsSipfastd, certify, settled, shown

COUNT = 10000
PATIENCE_S = 30


def reload(server):
    old, end = shown(), time.monotonic() + PATIENCE_S
    certify(server.dir)
    server.process.send_signal(signal.SIGHUP)
    while shown() == old:
        if time.monotonic() > end:
            raise Failed("the new certificate is not taken")
        time.sleep(0.1)


def again(server, phones, what):
    begin = time.monotonic()
    answered, _, lost = phones.again()
    say(f"bench: tls: {server.name}: {what}: {answered} of {COUNT} in "
        f"{time.monotonic() - begin:.1f} s, {lost} lost")
    tell(what, server.name, answered)


def held(kind):
    with kind([]) as server:
        before = server.memory()
        with Phones("1.3", COUNT, "hold") as phones:
            phones.result()
            settled(server)
            again(server, phones, "held")
            say(f"bench: tls: {server.name}: {(server.memory() - before) / COUNT:.0f} bytes each")
            if kind is TlsSipfastd:
                reload(server)
                again(server, phones, "reload")


def guest():
    held(TlsSipfastd)
    held(TlsKamailio)


def rows(found):
    return [Row(f"tls/{what}", "connections", Count(found[what, "sipfastd"][0]), "all",
                Count(COUNT), 1, more=True) for what in ("held", "reload")]
