# SPDX-License-Identifier: GPL-2.0-or-later
"""A guest, and the time that its kernel has taken of a processor.

User Mode Linux is a process, and what it has used of a processor is known to
the nanosecond. Wall time is not measured: on a machine that others use, too,
most of its differences are theirs. Programs of the guest are processes of
their own, so their time is not in it: only what the guest's kernel does.

Where a program's time counts as well, total() has the time of all of the guest's
processes.

The guest says "mark NAME" when something begins or ends, and does nothing
until the file NAME is there that answers it (in build/lab, which is the same on
both sides).
"""
import shutil
import subprocess
import sys
import time
from pathlib import Path

from .table import Failed

ROOT = Path(__file__).resolve().parents[3]
LAB = ROOT / "build" / "lab"
CPUCLOCK_SCHED = 2


class Guest:
    """`for line in guest`: what its command prints, marks aside."""

    def __init__(self, command, timeout=600, options=()):
        self.marks = {}
        self.totals = {}
        self.dir = LAB / "marks"
        shutil.rmtree(self.dir, ignore_errors=True)
        self.dir.mkdir(parents=True)
        self.job = subprocess.Popen(        # pylint: disable=consider-using-with
            [ROOT / "scripts" / "lab", "--timeout", str(timeout), *options, "--", *command],
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        self.clock = None

    def _cpu(self):
        """Nanoseconds of a processor that the guest's kernel has used."""
        if self.clock is None:
            pids = list(LAB.glob(f"run.{self.job.pid}.*/guest/pid"))
            if not pids:
                raise Failed("the guest's process is not to be found")
            self.clock = ~int(pids[0].read_text(encoding="ascii")) << 3 | CPUCLOCK_SCHED
        return time.clock_gettime_ns(self.clock)

    def _all(self):
        """The same of all its processes, its programs among them."""
        kernel = (~self.clock) >> 3
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                text = stat.read_text(encoding="ascii", errors="replace")
            except OSError:
                continue
            parents[int(stat.parent.name)] = int(text.rpartition(")")[2].split()[1])
        family = {kernel}
        while more := {pid for pid, parent in parents.items() if parent in family} - family:
            family |= more
        used = 0
        for pid in family:
            for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
                try:
                    used += int(task.read_text(encoding="ascii").split()[0])
                except OSError:
                    continue
        return used

    def __iter__(self):
        for line in self.job.stdout:
            words = line.split()
            if words[:1] == ["mark"] and len(words) == 2:
                self.marks[words[1]] = self._cpu()
                self.totals[words[1]] = self._all()
                (self.dir / words[1]).touch()
            else:
                yield line.rstrip("\n")

    def between(self, begin, end):
        """Nanoseconds from one mark to the other."""
        return self.marks[end] - self.marks[begin]

    def total(self, begin, end):
        """The same of all of the guest's processes that are there at both."""
        return self.totals[end] - self.totals[begin]

    def close(self):
        """Its command has to have succeeded."""
        status = self.job.wait()
        shutil.rmtree(self.dir, ignore_errors=True)
        if status:
            raise Failed(f"the guest ended with status {status}")

    def __enter__(self):
        return self

    def __exit__(self, kind, *error):
        if kind:
            self.job.terminate()
            self.job.wait()
        else:
            self.close()


def say(text):
    """How it goes, for who waits."""
    print(text, file=sys.stderr, flush=True)
