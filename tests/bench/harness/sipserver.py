# SPDX-License-Identifier: GPL-2.0-or-later
"""SIP servers on the loopback device, and sipp against them.

A server tells what it has cost from the scheduler's account of its threads. All
of it runs in a network namespace of its own, where nobody else sends anything.
"""
import csv
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

from harness.table import Failed

HERE = Path(__file__).resolve().parents[1]
ROOT = HERE.parents[1]
PORT = 5070
CALLER, CALLEE = 5090, 5091
WORKERS = 2
SECRET = "secret"


def family(pid):
    """A process and its children."""
    found = [pid]
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in file.read_text(encoding="ascii").split():
            found += family(int(child))
    return found


class Server:
    """A server that runs in a directory of its own; end it with close()."""

    name = "server"

    def __init__(self, users, auth=False, durable=False, workers=WORKERS):
        self.dir = Path(tempfile.mkdtemp(prefix="sipfast-bench-"))
        self.users, self.auth, self.durable, self.workers = users, auth, durable, workers
        self.process = None

    def pids(self):
        """Its processes."""
        return family(self.process.pid)

    def command(self):
        raise NotImplementedError

    def prepare(self):
        """Files that it reads."""

    def start(self):
        self.prepare()
        with open(self.dir / "log", "ab") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log,
                                            cwd=self.dir)
        self.await_answer()
        return self

    def await_answer(self):
        for _ in range(100):
            asked = subprocess.run(["sipsak", "-s", f"sip:127.0.0.1:{PORT}"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   check=False)
            if asked.returncode == 0:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise Failed(f"{self.name} does not answer: {(self.dir / 'log').read_text()[-2000:]}")

    def cpu(self):
        """Nanoseconds that it has run."""
        total = 0
        for pid in family(self.process.pid):
            for file in Path(f"/proc/{pid}/task").glob("*/schedstat"):
                total += int(file.read_text(encoding="ascii").split()[0])
        return total

    def memory(self):
        """Bytes of its own, shared memory included once."""
        total = 0
        for pid in family(self.process.pid):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
        return total

    def kill(self):
        """Without a chance to save anything."""
        for pid in family(self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.dir)

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(self, *_):
        self.close()


class Sipfastd(Server):
    """Ours."""

    name = "sipfastd"

    def prepare(self):
        (self.dir / "conf").write_text(f"""
listen = {{"udp:127.0.0.1:{PORT}"}}
workers = {self.workers}
store = {"sqlite" if self.durable else "memory"}
database = "{self.dir}/db"
control = "{self.dir}/control"
domain example.net {{
	algorithms = {{MD5}}
	authenticate = {"true" if self.auth else "false"}
	anyone = {"false" if self.auth else "true"}
}}
""", encoding="utf-8")
        if self.auth:
            self.add_users()

    def add_users(self):
        # The daemon makes its tables when it starts first.
        with open(self.dir / "log", "ab") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log,
                                            cwd=self.dir)
        self.await_answer()
        self.process.terminate()
        self.process.wait()
        with sqlite3.connect(self.dir / "db") as base:
            base.executemany("INSERT INTO user (user, domain, md5) VALUES (?, ?, ?)",
                             [(user, "example.net",
                               hashlib.md5(f"{user}:example.net:{SECRET}".encode()).digest())
                              for user in self.users])

    def command(self):
        return [ROOT / "build/sipfastd", "-c", self.dir / "conf"]


class Kamailio(Server):
    """Debian's."""

    name = "Kamailio"

    def prepare(self):
        text = (HERE / "kamailio.cfg").read_text(encoding="utf-8")
        (self.dir / "cfg").write_text(text.replace("BENCH_DB", f"{self.dir}/db"),
                                      encoding="utf-8")
        if not self.durable or (self.dir / "db").exists():
            return
        with sqlite3.connect(self.dir / "db") as base:
            # Its processes would lock each other out when all of them change it at once.
            base.execute("PRAGMA journal_mode = WAL")
            for part in ("standard", "usrloc"):
                base.executescript(
                    Path(f"/usr/share/kamailio/db_sqlite/{part}-create.sql").read_text(
                        encoding="utf-8"))

    def command(self):
        flags = [word for flag, on in (("AUTH", self.auth), ("DURABLE", self.durable)) if on
                 for word in ("-A", flag)]
        return ["kamailio", "-f", self.dir / "cfg", "-l", f"udp:127.0.0.1:{PORT}", "-DD", "-E",
                "-m", "1024", "-M", "16", "-n", str(self.workers), "-w", self.dir, "-Y", self.dir,
                *flags]


class Sipp:
    """One run of a scenario; what became of its calls."""

    def __init__(self, scenario, directory, port, calls, rate, users=None, options=()):
        self.dir = Path(directory)
        self.stat = self.dir / f"{scenario}-{port}.csv"
        self.stat.unlink(missing_ok=True)
        command = ["sipp", f"127.0.0.1:{PORT}", "-sf", HERE / f"sipp/{scenario}.xml",
                   "-i", "127.0.0.1", "-p", str(port), "-m", str(calls), "-l", "100000",
                   "-buff_size", "4000000", "-nostdin", "-nd", "-auth_uri", "example.net", "-recv_timeout", "40000",
                   "-trace_stat", "-stf", self.stat, "-fd", "1"]
        if rate:
            command += ["-r", str(rate)]
        if users:
            command += ["-inf", users]
        command += options
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, cwd=self.dir)

    def wait(self, timeout):
        try:
            self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.stop()
        return self.result()

    def stop(self):
        self.process.kill()
        self.process.wait()

    def rows(self):
        """What it has written so far, a row for each second."""
        if not self.stat.is_file():
            return []
        with open(self.stat, encoding="utf-8") as file:
            return [row for row in csv.DictReader(file, delimiter=";")
                    if row.get("Retransmissions(C)")]

    def result(self):
        """Calls that succeeded and failed, and messages that were sent again."""
        rows = self.rows()
        if not rows:
            raise Failed(f"sipp has not begun {self.stat.stem}")
        last = rows[-1]
        return (int(last["SuccessfulCall(C)"]), int(last["FailedCall(C)"]),
                int(last["Retransmissions(C)"]))


def write_users(file, users):
    """For scenarios that have a user in [field0] and his secret in [field1]."""
    with open(file, "w", encoding="utf-8") as out:
        out.write("SEQUENTIAL\n")
        for user in users:
            out.write(f"{user};[authentication username={user} password={SECRET}]\n")
    return file
