# SPDX-License-Identifier: GPL-2.0-or-later
"""A host: a network namespace that this process enters when it needs to.

One process plays every host. A socket belongs to the namespace it was made
in, so hosts need no process of their own, and nothing runs at random.
"""
import ctypes
import os
import socket
import subprocess

from . import check

CLONE_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)
_home = os.open("/proc/self/ns/net", os.O_RDONLY)


def _call(result):
    if result:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


class Host:
    """`with host:` runs its block inside."""

    def __init__(self, name, sent=None):
        self.name = name
        self.ports = []
        # Its own address, and how the outside sees it.
        self.addr = self.face = None
        # What anybody sent, where no byte may change on the way.
        self.sent = sent
        _call(_libc.unshare(CLONE_NEWNET))
        self.fd = os.open("/proc/self/ns/net", os.O_RDONLY)
        _call(_libc.setns(_home, CLONE_NEWNET))

    def __enter__(self):
        _call(_libc.setns(self.fd, CLONE_NEWNET))
        return self

    def __exit__(self, *error):
        _call(_libc.setns(_home, CLONE_NEWNET))

    def udp(self, port=0, addr=None):
        return Port(self, addr or self.addr, port)

    def run(self, *argv, text=None, status=0):
        """Run a program inside; its output. Another exit status fails the case."""
        with self:
            done = subprocess.run(argv, input=text, text=True, capture_output=True,
                                  check=False)
        if status is not None and done.returncode != status:
            check.fail(f"{' '.join(argv)}: status {done.returncode}: "
                       f"{done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def sysctl(self, name, value):
        with self, open("/proc/sys/" + name.replace(".", "/"), "w", encoding="ascii") as file:
            file.write(str(value))

    def close(self):
        """Nothing holds the namespace any more: the kernel takes it down."""
        for port in self.ports:
            port.sock.close()
        self.ports = []
        os.close(self.fd)


class Port:
    """A UDP socket of a host."""

    def __init__(self, host, addr, port=0):
        self.host = host
        family = socket.AF_INET6 if ":" in addr else socket.AF_INET
        with host:
            self.sock = socket.socket(family, socket.SOCK_DGRAM)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.sock.bind((addr, port))
        self.addr, self.port = self.sock.getsockname()[:2]
        host.ports.append(self)

    def __str__(self):
        return f"{self.host.name}:{self.port}"

    @property
    def at(self):
        return self.addr, self.port

    def send(self, data, to):
        if self.host.sent is not None:
            self.host.sent.add(data)
        self.sock.sendto(data, to)

    def receive(self, what="a datagram", seconds=None):
        """(data, source); a refusal by ICMP is nothing received."""
        self.sock.settimeout(seconds or check.WAIT)
        while True:
            try:
                data, source = self.sock.recvfrom(65536)
            except ConnectionError:
                continue
            except TimeoutError:
                check.fail(f"{self} did not receive {what}")
            if self.host.sent is not None and data not in self.host.sent:
                check.fail(f"{what} at {self} was edited: {data[:1000]!r}")
            return data, source[:2]

    def expect(self, data, source=None, what="the datagram"):
        """Exactly these bytes, and from there."""
        got, where = self.receive(what)
        check.same_bytes(got, data, f"{what} at {self}")
        if source:
            check.equal(where, source, f"source of {what} at {self}")

    def quiet(self, what="anything"):
        """Nothing has come, and nothing comes."""
        self.sock.settimeout(check.QUIET)
        try:
            data, where = self.sock.recvfrom(65536)
        except (TimeoutError, ConnectionError):
            return
        check.fail(f"{self} received {what} from {where}: {data[:60]!r}")

    def drain(self):
        """Throw away what has come."""
        self.sock.setblocking(False)
        try:
            while True:
                self.sock.recvfrom(65536)
        except (BlockingIOError, ConnectionError):
            pass

    def close(self):
        self.host.ports.remove(self)
        self.sock.close()
