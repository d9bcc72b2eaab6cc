# SPDX-License-Identifier: GPL-2.0-or-later
"""Does a 200 overtake the 180 that was sent before it?

The callee sends one right behind the other, and servers have several workers. Calls
have sockets of their own on the caller's side, so that all workers have some.
"""
import tempfile
from pathlib import Path

from harness.guest import say
from harness.parts import tell
from harness.sipserver import CALLEE, CALLER, Kamailio, Sipfastd, Sipp, write_users
from harness.table import Count, Failed, Row

RATE = 300
CALLS = 6000


def overtaken(log):
    """Calls whose caller saw the 180 behind the 200, by what sipp wrote of messages."""
    answered, late = set(), set()
    for line in log.read_text(encoding="utf-8").splitlines():
        *_, way, call, cseq, first = line.split("\t")
        if way != "R" or not cseq.endswith(" INVITE"):
            continue
        status = first.split()[1]
        if status == "200":
            answered.add(call)
        elif status == "180" and call in answered:
            late.add(call)
    return len(late)


def order(kind):
    with tempfile.TemporaryDirectory() as work, kind([]) as server:
        users = write_users(Path(work) / "users", ["bob"])
        Sipp("register", work, CALLEE, 1, 1, users).wait(20)
        callee = Sipp("callee", work, CALLEE, 10 * CALLS, 0)
        log = Path(work) / "messages"
        caller = Sipp("caller", work, CALLER, CALLS, RATE,
                      options=["-t", "un", "-max_socket", "500", "-trace_shortmsg",
                               "-shortmessage_file", log])
        good, bad, again = caller.wait(CALLS // RATE + 40)
        callee.stop()
        late = overtaken(log)
    say(f"bench: daemon: {server.name}: 200 before 180 in {late} of {good} calls, "
        f"{bad} failed, {again} sent again")
    tell("calls", server.name, good)
    tell("late", server.name, late)


def guest():
    for kind in (Sipfastd, Kamailio):
        order(kind)


def rows(found):
    calls, = found["calls", "sipfastd"]
    late, = found["late", "sipfastd"]
    if calls < CALLS:
        raise Failed(f"only {calls} of {CALLS} calls were made")
    return [Row("daemon/order", "calls", Count(calls - late), "all", Count(calls), 1, more=True)]
