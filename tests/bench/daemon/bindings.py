# SPDX-License-Identifier: GPL-2.0-or-later
"""What a binding takes of memory, and how long a million of them take.

The memory is what the kernel counts for the server's processes before and after, with
Kamailio's own pool in it as far as it was touched. The million is loaded into the
durable store; some are looked up by the phones that registered them, and all are there
again after a restart.
"""
import os
import time

from harness.guest import say
from harness.parts import tell
from harness.phones import Phones
from harness.sipserver import Kamailio, Sipfastd
from harness.table import Count, Failed, Row

SOME = 100000
MANY = int(os.environ.get("BINDINGS", "1000000"))
LOOKUPS = 100000
LIMIT = 600


def each(kind, count):
    """Bytes of a binding of `count`."""
    with kind([]) as server:
        phones = Phones()
        phones.ask(range(100), 1, True)
        before = server.memory()
        phones.ask(range(100, count + 100), 1, True)
        size = (server.memory() - before) / count
        phones.close()
    say(f"bench: daemon: {server.name}: {size:.0f} bytes a binding of {count}")
    return size


def look_up(phones, count):
    # All over the place.
    users = [number * 7919 % MANY for number in range(count)]
    good = phones.ask(users, 2, False)
    wrong = sum(not phones.bound(user, answer) for user, answer in good.items())
    if wrong:
        raise Failed(f"{wrong} of {count} bindings are not there")


def timed(what, run):
    begin = time.monotonic()
    run()
    say(f"bench: daemon: {what}: {time.monotonic() - begin:.1f} s")


def many():
    """Loaded, looked up, restored."""
    with Sipfastd([], durable=True) as server:
        phones = Phones()
        before = server.memory()
        timed(f"{MANY} bindings loaded", lambda: phones.ask(range(MANY), 1, True))
        tell("million", server.name, (server.memory() - before) / MANY)
        timed(f"{LOOKUPS} looked up", lambda: look_up(phones, LOOKUPS))
        server.kill()
        timed(f"{MANY} restored, from start to the first answer", server.start)
        look_up(phones, LOOKUPS)
        phones.close()


def guest():
    for kind in (Sipfastd, Kamailio):
        tell("some", kind.name, each(kind, SOME))
    many()


def rows(found):
    ours, = found["some", "sipfastd"]
    peer, = found["some", "Kamailio"]
    million, = found["million", "sipfastd"]
    return [Row("daemon/binding", "bytes", Count(round(ours)), "Kamailio", Count(round(peer)),
                1 / 2),
            Row("daemon/binding-limit", "bytes", Count(round(ours)), "limit", Count(LIMIT), 1),
            Row("daemon/binding-million", "bytes", Count(round(million)), "limit", Count(LIMIT), 1)]
