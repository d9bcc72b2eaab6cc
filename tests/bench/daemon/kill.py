# SPDX-License-Identifier: GPL-2.0-or-later
"""kill -9 while RATE phones a second register with a durable store.

Whatever was answered with 200 has to be there when the server is back.
"""
from harness.guest import say
from harness.parts import tell
from harness.phones import Phones
from harness.sipserver import Kamailio, Sipfastd
from harness.table import Count, Failed, Row

RATE = 2000
# When it dies: not at a round number.
SECONDS = (1.313, 2.171, 3.037)


def kill(kind, seconds):
    with kind([], durable=True) as server:
        phones = Phones()
        sent = phones.pour(0, RATE, seconds)
        server.kill()
        phones.listen(0.1)      # what was on its way
        server.start()
        users = sorted(phones.acknowledged)
        found = phones.ask(users, 2, False)
        kept = sum(phones.bound(user, answer) for user, answer in found.items())
        phones.close()
    say(f"bench: daemon: {server.name}: killed after {sent} of {RATE}/s, "
        f"{len(users)} acknowledged, {kept} kept")
    tell("acknowledged", server.name, len(users))
    tell("kept", server.name, kept)


def guest():
    for seconds in SECONDS:
        for kind in (Sipfastd, Kamailio):
            kill(kind, seconds)


def rows(found):
    acknowledged = sum(found["acknowledged", "sipfastd"])
    if acknowledged < RATE * sum(SECONDS) / 4:
        raise Failed(f"only {acknowledged} registrations were acknowledged")
    return [Row("daemon/kept", "bindings", Count(sum(found["kept", "sipfastd"])),
                "acknowledged", Count(acknowledged), 1, more=True)]
