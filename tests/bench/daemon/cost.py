# SPDX-License-Identifier: GPL-2.0-or-later
"""What registrations and calls cost sipfastd, and what they cost Kamailio.

Both get the same requests from the same sipp, with as many workers, in turn. A
sample is the CPU time of the server and its children, by the scheduler's account,
of one operation at a rate that both can do.
"""
import os
import tempfile
from pathlib import Path

from harness.guest import say
from harness.parts import tell
from harness.sipserver import CALLEE, CALLER, Kamailio, Sipfastd, Sipp, write_users
from harness.table import Failed, Row, Value

ROUNDS = int(os.environ.get("ROUNDS", "5"))

# name, authenticated, durable, users, rate, target. Kamailio's workers wait for the
# disk one after the other: more than that they cannot do.
REGISTER = (
    ("register", False, False, 5000, 2000, 1 / 2),
    ("register-digest", True, False, 5000, 2000, 1 / 3),
    ("register-durable", True, True, 200, 50, 1 / 3),
)
SECONDS = 5
CALLS = 400     # a second
CALL_TARGET = 1 / 3


def rows(found):
    targets = {f"daemon/{name}": target for name, *_, target in REGISTER}
    targets["daemon/call"] = CALL_TARGET
    return [Row(name, "µs CPU", Value(found[name, "sipfastd"]), "Kamailio",
                Value(found[name, "Kamailio"]), target) for name, target in targets.items()]


def cost(server, count, run):
    """Microseconds for each of `count` operations that `run` does."""
    before = server.cpu()
    good, bad, again = run()
    # SQLite refuses one of Kamailio's workers at times.
    if good < count * (1 if isinstance(server, Sipfastd) else 0.95):
        raise Failed(f"{server.name}: {good} of {count}, {bad} failed, {again} sent again")
    return (server.cpu() - before) / 1000 / good


def register(kind, name, auth, durable, known, rate):
    count = rate * SECONDS
    names = [f"user{number}" for number in range(known)]
    with tempfile.TemporaryDirectory() as work, kind(names, auth, durable) as server:
        users = write_users(Path(work) / "users", names)
        scenario = "register-digest" if auth else "register"
        # All are known then, and what follows are refreshes.
        Sipp(scenario, work, CALLER, known, rate, users).wait(60)
        tell(f"daemon/{name}", server.name,
             cost(server, count, lambda: Sipp(scenario, work, CALLER, count, rate,
                                              users).wait(60)))


def call(kind):
    count = CALLS * SECONDS
    with tempfile.TemporaryDirectory() as work, kind([]) as server:
        users = write_users(Path(work) / "users", ["bob"])
        Sipp("register", work, CALLEE, 1, 1, users).wait(20)
        callee = Sipp("callee", work, CALLEE, 10 * count, 0)
        # Some to fill the caches.
        Sipp("caller", work, CALLER, 100, 100).wait(60)
        tell("daemon/call", server.name,
             cost(server, count, lambda: Sipp("caller", work, CALLER, count, CALLS).wait(60)))
        callee.stop()


def guest():
    """Everything in turn, ROUNDS times."""
    for number in range(ROUNDS):
        kinds = (Sipfastd, Kamailio) if number % 2 else (Kamailio, Sipfastd)
        say(f"bench: daemon: cost, round {number + 1} of {ROUNDS}")
        for kind in kinds:
            for row in REGISTER:
                register(kind, *row[:-1])
            call(kind)
