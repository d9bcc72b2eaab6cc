# SPDX-License-Identifier: GPL-2.0-or-later
"""The highest rates without loss, and four times the highest.

Both servers get the same share of a processor (harness/quota.py), so that neither sipp
nor the machine is the limit. A rate is without loss when each operation succeeds, and
nothing had to be sent again (RFC 7502, 6). Above it a call that is refused is no
failure of the server; what counts is how many succeed.
"""
import os
import signal
import tempfile
import time
from pathlib import Path

from harness.guest import say
from harness.parts import tell
from harness.quota import Quota
from harness.sipserver import CALLEE, CALLER, Kamailio, Sipfastd, Sipp, write_users
from harness.table import Count, Failed, Row, Value

ROUNDS = int(os.environ.get("RATE_ROUNDS", "3"))
SHARE = 0.1         # of a processor
# Of a trial. Nothing is sent again before it has waited for half a second: in a shorter
# one the queue hides how much is too much.
SECONDS = 6
PRECISION = 1.1     # a rate that is lost, to the highest that is not
TRIALS = 6
GUESS = {"registration-rate": {"sipfastd": 3000, "Kamailio": 700},
         "session-establishment-rate": {"sipfastd": 500, "Kamailio": 80}}
OVERLOAD = 4
OVERLOAD_SECONDS = 8
WARM = 3            # of these, until it is steady
AFTER = 0.5         # of the peak is the load then
AFTER_SECONDS = 8
NORMAL_S = 5
GOODPUT = 0.8


class Trial:
    """A server with a share of a processor, and sipp on both sides of it."""

    def __init__(self, kind):
        self.quota, self.work = Quota(SHARE), tempfile.TemporaryDirectory()
        self.server, self.callee, self.fresh = kind([]), None, 0

    def __enter__(self):
        self.quota.__enter__()
        self.server.__enter__()
        users = write_users(Path(self.work.name) / "users", ["bob"])
        Sipp("register", self.work.name, CALLEE, 1, 1, users).wait(20)
        self.callee = Sipp("callee", self.work.name, CALLEE, 10000000, 0)
        self.sipp("caller", 50, 50).wait(20)
        self.quota.give(self.server.pids())
        return self

    def __exit__(self, *_):
        if self.callee:
            self.callee.stop()
        self.server.close()
        self.quota.__exit__()
        self.work.cleanup()

    def sipp(self, scenario, count, rate, port=CALLER):
        users = None
        if scenario == "register":
            # New ones each time: a refresh is another thing.
            self.fresh += count
            users = write_users(Path(self.work.name) / "many",
                                [f"u{self.fresh - n}" for n in range(count)])
        return Sipp(scenario, self.work.name, port, count, rate, users)


def lossless(kind, scenario, rate):
    with Trial(kind) as trial:
        count, end = rate * SECONDS, time.monotonic() + 2 * SECONDS
        sipp = trial.sipp(scenario, count, rate)
        while sipp.process.poll() is None:
            time.sleep(0.2)
            rows = sipp.rows()
            if time.monotonic() > end or (rows and int(rows[-1]["Retransmissions(C)"])):
                sipp.stop()
                return False
        good, _, again = sipp.result()
        return good == count and not again


def highest(kind, scenario, guess):
    """The highest rate without loss: it is enclosed first, and then halved."""
    low, high, rate = 0, None, guess
    for _ in range(TRIALS):
        if lossless(kind, scenario, rate):
            low = rate
        else:
            high = rate
        if high and low and high / low <= PRECISION:
            break
        if not high:
            rate = int(low * 1.4)
        elif not low:
            rate = max(1, int(high / 1.4))
        else:
            rate = int((low * high) ** 0.5)
    if not low:
        raise Failed(f"{kind.name}: {scenario}: no rate is without loss")
    return low


def per_second(row):
    """Calls that were made in a second."""
    return int(row["SuccessfulCall(P)"]) - int(row["busy(P)"])


def normal_after(rows):
    """The second from which on no call fails or is refused, and next to nothing is
    sent again."""
    if len(rows) < AFTER_SECONDS:
        raise Failed(f"sipp has told of {len(rows)} seconds, not {AFTER_SECONDS}")
    normal = 0
    for second, row in enumerate(rows, 1):
        if int(row["FailedCall(P)"]) or int(row["busy(P)"]) or \
                int(row["Retransmissions(P)"]) > 0.02 * int(row["OutgoingCall(P)"]):
            normal = second
    return normal


def overload(kind, peak):
    with Trial(kind) as trial:
        rate, after = OVERLOAD * peak, max(1, int(peak * AFTER))
        load = trial.sipp("caller-busy", rate * OVERLOAD_SECONDS, rate)
        time.sleep(OVERLOAD_SECONDS)
        rows = load.rows()[1 + WARM:]
        # No new calls; who waits for an answer still asks again.
        load.process.send_signal(signal.SIGUSR1)
        # It has to know 503 as an answer: else it asks again, long after all is well.
        calm = trial.sipp("caller-busy", after * AFTER_SECONDS, after, CALLER + 2)
        calm.wait(AFTER_SECONDS + 2)
        load.stop()
        tell("goodput", trial.server.name,
             sum(map(per_second, rows)) / max(1, len(rows)) / peak)
        tell("normal", trial.server.name, normal_after(calm.rows()[1:AFTER_SECONDS + 1]))


def guest():
    for number in range(ROUNDS):
        kinds = (Sipfastd, Kamailio) if number % 2 else (Kamailio, Sipfastd)
        say(f"bench: daemon: rates, round {number + 1} of {ROUNDS}")
        for kind in kinds:
            for what, scenario in (("registration-rate", "register"),
                                   ("session-establishment-rate", "caller")):
                rate = highest(kind, scenario, GUESS[what][kind.name])
                GUESS[what][kind.name] = rate
                tell(what, kind.name, rate)
            overload(kind, rate)


def rows(found):
    lines = [Row(f"daemon/{what}", "1/s", Value(found[what, "sipfastd"]), "Kamailio",
                 Value(found[what, "Kamailio"]), 1, more=True) for what in GUESS]
    percent, normal = ({name: Value([scale * value for value in found[what, name]])
                        for name in ("sipfastd", "Kamailio")}
                       for what, scale in (("goodput", 100), ("normal", 1)))
    say(f"bench: daemon: goodput at {OVERLOAD} times the peak, %: "
        f"{ {name: str(value) for name, value in percent.items()} }")
    say(f"bench: daemon: normal after, s: { {name: str(value) for name, value in normal.items()} }")
    lines.append(Row("daemon/overload-goodput", "% of peak", percent["sipfastd"], "its peak",
                     Count(100), GOODPUT, more=True))
    lines.append(Row("daemon/overload-normal", "s", normal["sipfastd"], "limit",
                     Count(NORMAL_S), 1))
    return lines
