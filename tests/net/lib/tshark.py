# SPDX-License-Identifier: GPL-2.0-or-later
"""RTP on the wire as others see it: captured by tcpdump, judged by tshark.

What tshark says is read as tests/unit/tshark reads it, which says where it counts
otherwise than we do.
"""
import signal
import struct
import subprocess
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

from . import check

COMPARE = Path(__file__).resolve().parents[2] / "unit/tshark/compare"
RECORD, UDP, RTP = 16, 8, 12
ETHERNET, HEADS = 14, {4: 20, 6: 40}


def _compare():
    spec = spec_from_loader("compare", SourceFileLoader("compare", str(COMPARE)))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Tcpdump:
    """Keeps what arrives at a device of a host for a UDP port."""

    def __init__(self, host, dev, port, path):
        self.path, self.port = path, port
        with host:
            # pylint: disable=consider-using-with
            self.process = subprocess.Popen(
                ["tcpdump", "-i", dev, "-Q", "in", "-n", "-s", "200", "-U", "--immediate-mode",
                 "-Z", "root", "-w", path, "udp", "dst", "port", str(port)],
                stderr=subprocess.PIPE, text=True)
        check.true("listening on" in self.process.stderr.readline(), "tcpdump does not listen")

    def packets(self, family):
        """(seconds, sequence number, timestamp) of all of RTP so far."""
        data = Path(self.path).read_bytes()
        at, skip = 24, ETHERNET + HEADS[family] + UDP
        found = []
        while len(data) >= at + RECORD:
            seconds, micros, length = struct.unpack_from("=III", data, at)
            at += RECORD
            if len(data) < at + length:
                break
            seq, stamp = struct.unpack_from("!HI", data, at + skip + 2)
            found.append((seconds + micros / 1e6, seq, stamp))
            at += length
        return found

    def stop(self, count, family):
        """All of so many packets; and no other."""
        check.until(lambda: len(self.packets(family)) >= count, f"{count} packets are captured",
                    2 * check.WAIT)
        self.process.send_signal(signal.SIGINT)
        said = self.process.communicate(timeout=check.WAIT)[1]
        check.true("\n0 packets dropped by kernel" in said, f"tcpdump: {said}")
        found = self.packets(family)
        check.equal(len(found), count, "packets that are captured")
        return found

    def judged(self, port):
        """Of the stream from a port: packets, lost, mean and highest jitter, by tshark."""
        return _compare().told_by_tshark(self.path, self.port)[port]


def jitter(packets, clock):
    """(last, highest) in microseconds: RFC 3550, A.8, as it is written there."""
    value = most = 0.0
    for (came, _, stamp), (before, _, stamp_before) in zip(packets[1:], packets):
        value += (abs((came - before) * 1e6 - (stamp - stamp_before) * 1e6 / clock) - value) / 16
        most = max(most, value)
    return value, most
