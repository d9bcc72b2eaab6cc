# SPDX-License-Identifier: GPL-2.0-or-later
"""A limit on the processor time that a server gets, by a control group.

On a machine that others use, too, and with a load generator that costs more than what
it measures, that is how a server is the bottleneck for certain. Control groups of
either version will do.
"""
import tempfile
from pathlib import Path

from harness.table import Failed

ROOT = Path("/sys/fs/cgroup")
PERIOD_US = 20000


class Quota:
    """`with Quota(0.1) as quota:` a tenth of a processor for whom it is given to."""

    def __init__(self, share):
        self.quota_us = int(share * PERIOD_US)
        self.root = self._root()
        self.dir = None

    @staticmethod
    def _root():
        listed = ROOT / "cgroup.controllers"
        if listed.is_file():
            if "cpu" in listed.read_text(encoding="ascii").split():
                return ROOT
        elif (ROOT / "cpu/cpu.cfs_quota_us").is_file() or (ROOT / "cpu/cgroup.procs").is_file():
            return ROOT / "cpu"
        raise Failed(f"no control group below {ROOT} limits processor time")

    def _limit(self):
        """Write the limit in the way of the version that this is."""
        if (self.dir / "cpu.max").is_file():
            words = {"cpu.max": f"{self.quota_us} {PERIOD_US}"}
        else:
            words = {"cpu.cfs_period_us": PERIOD_US, "cpu.cfs_quota_us": self.quota_us}
        for file, value in words.items():
            (self.dir / file).write_text(f"{value}\n", encoding="ascii")

    def give(self, pids):
        """To processes, and what they fork from now on."""
        for pid in pids:
            (self.dir / "cgroup.procs").write_text(f"{pid}\n", encoding="ascii")

    def __enter__(self):
        try:
            if self.root == ROOT:
                (ROOT / "cgroup.subtree_control").write_text("+cpu\n", encoding="ascii")
            self.dir = Path(tempfile.mkdtemp(prefix="sipfast-bench-", dir=self.root))
            self._limit()
        except OSError as error:
            self.__exit__()
            raise Failed(f"no limit of processor time can be set: {error}") from error
        return self

    def __exit__(self, *_):
        """Those in it have to be gone."""
        if self.dir:
            self.dir.rmdir()
