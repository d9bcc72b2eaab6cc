# SPDX-License-Identifier: GPL-2.0-or-later
"""What registrations and calls cost sipfastd, and what they cost Kamailio.

Both get the same requests from the same sipp, with as many workers, one directly
after the other: a machine that others use, too, is not the same a minute later. A
sample is the CPU time of the server and its children, by the scheduler's account,
of one operation at a rate that both can do.
"""
import os
import tempfile
from pathlib import Path
from typing import NamedTuple

from harness.guest import say
from harness.parts import tell
from harness.sipserver import CALLEE, CALLER, WORKERS, Kamailio, Sipfastd, Sipp, write_users
from harness.table import Failed, Row, Value

ROUNDS = int(os.environ.get("ROUNDS", "5"))


class Register(NamedTuple):
    """A row. As many workers on either side."""
    name: str
    auth: bool
    durable: bool
    users: int
    rate: int       # a second
    workers: int
    target: float
    turns: int = 1  # in a round: what is cheap spreads most


# Kamailio's processes lock each other out of SQLite: two of them lose registrations
# at 200 a second, one of them does more than 1000. At 50 next to no two share a
# commit.
REGISTER = (
    Register("register", False, False, 5000, 2000, WORKERS, 1 / 2, 3),
    Register("register-digest", True, False, 5000, 2000, WORKERS, 1 / 3, 3),
    Register("register-durable", False, True, 5000, 1000, 1, 1 / 2),
    Register("register-durable-digest", True, True, 5000, 1000, 1, 1 / 3),
    Register("register-durable-alone", True, True, 200, 50, WORKERS, 1 / 3),
)
SECONDS = 5
CALLS = 400     # a second
CALL_TARGET = 1 / 3


def rows(found):
    targets = {f"daemon/{row.name}": row.target for row in REGISTER}
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
    if again:
        say(f"bench: daemon: cost: {server.name}: {again} of {count} sent again")
    return (server.cpu() - before) / 1000 / good


def register(kind, row):
    count = row.rate * SECONDS
    names = [f"user{number}" for number in range(row.users)]
    with tempfile.TemporaryDirectory() as work, \
            kind(names, row.auth, row.durable, row.workers) as server:
        users = write_users(Path(work) / "users", names)
        scenario = "register-digest" if row.auth else "register"
        # All are known then, and what follows are refreshes.
        Sipp(scenario, work, CALLER, row.users, row.rate, users).wait(60)
        tell(f"daemon/{row.name}", server.name,
             cost(server, count, lambda: Sipp(scenario, work, CALLER, count, row.rate,
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
        for row in REGISTER:
            for kind in kinds * row.turns:
                register(kind, row)
        for kind in kinds:
            call(kind)
