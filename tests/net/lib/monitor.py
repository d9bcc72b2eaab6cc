# SPDX-License-Identifier: GPL-2.0-or-later
"""sipfast monitor in a router: the events that it told."""
import json
import os
import signal
import subprocess
import tempfile

from . import check


class Monitor:
    """Listens from when it is made."""

    def __init__(self, host):
        self.host = host
        # pylint: disable=consider-using-with
        self.file = tempfile.TemporaryFile()
        with host:
            self.process = subprocess.Popen(["sipfast", "-j", "monitor"], stdout=self.file)
        check.until(self._listens, "the monitor listens")

    def _sockets(self):
        """Its lines of /proc/net/netlink."""
        with self.host, open("/proc/net/netlink", encoding="ascii") as file:
            return [words for words in map(str.split, list(file)[1:])
                    if words[2] == str(self.process.pid)]

    def _listens(self):
        """A netlink socket of its own, in both groups: that of calls, and of media."""
        return any(int(words[3], 16).bit_count() == 2 for words in self._sockets())

    def _has_read(self):
        return not any(int(words[4]) for words in self._sockets())

    def events(self):
        """Everything up to now; it listens no more."""
        # It ends at once, whatever it has not read.
        check.until(self._has_read, "the monitor has read all events")
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        self.file.seek(0)
        return [json.loads(line) for line in self.file]

    def told(self, name):
        """What events of one name were about; asks once."""
        kind = name.partition("-")[0]
        return [event[kind] for event in self.events() if event["event"] == name]

    def close(self):
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.file.close()
