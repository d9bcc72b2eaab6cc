# SPDX-License-Identifier: GPL-2.0-or-later
"""SIP over TCP: connections whose every byte is known, and agents on them."""
import fcntl
import re
import socket
import time

from . import check, sip
from .ua import Agent

PORT = 5060
SIOCOUTQ = 0x5411


def options(sock):
    """Segments leave when they are sent."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    return sock


class Line:
    """One end of a connection."""

    def __init__(self, host, sock):
        self.host, self.sock = host, options(sock)
        self.out = self.into = b""
        # Of what came in, how much was read.
        self.read = 0
        self.peer = None
        host.ports.append(self)

    def __str__(self):
        return f"{self.host.name}'s end of the connection"

    @property
    def at(self):
        return self.sock.getsockname()[:2]

    def send(self, data):
        self.out += data
        self.sock.settimeout(check.WAIT)
        self.sock.sendall(data)

    def pieces(self, *parts):
        """Each in a segment of its own, where the stream arrives as it was sent."""
        for part in parts:
            self.send(part)
            self.peer.wait(len(self.out))

    def more(self, what="data", seconds=None):
        self.sock.settimeout(seconds or check.WAIT)
        try:
            data = self.sock.recv(1 << 16)
        except TimeoutError:
            check.fail(f"{self} did not receive {what}")
        check.true(data, f"{self} was closed instead of {what}")
        self.into += data

    def wait(self, length):
        """Until so many bytes have come."""
        while len(self.into) < length:
            self.more(f"byte {length} of the stream")

    def arrived(self):
        """The other end reads everything, and says so."""
        end = time.monotonic() + check.WAIT
        while fcntl.ioctl(self.sock, SIOCOUTQ, bytes(4)) != bytes(4):
            check.true(time.monotonic() < end, f"not all arrives that left {self}")
            self.peer.drain()

    def drain(self):
        """Take what has come, and acknowledge it at once."""
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        self.sock.setblocking(False)
        try:
            while data := self.sock.recv(1 << 16):
                self.into += data
        except BlockingIOError:
            pass

    def rest(self):
        """All that comes before the other end closes."""
        self.sock.settimeout(check.WAIT)
        while data := self.sock.recv(1 << 16):
            self.into += data

    def message(self, what="a message"):
        """The next one of the stream, without keepalives in front of it."""
        while True:
            rest = self.into[self.read:]
            text = rest.lstrip(b"\r\n")
            head, blank, body = text.partition(b"\r\n\r\n")
            if blank:
                length = re.search(rb"(?im)^(?:content-length|l)\s*:\s*(\d+)\s*$", head)
                check.true(length, f"no Content-Length in {head!r}")
                if len(body) >= int(length[1]):
                    size = len(head) + 4 + int(length[1])
                    self.read += len(rest) - len(text) + size
                    return sip.Message(text[:size], self.sock.getpeername()[:2])
            self.more(what)

    def same(self, what="the stream"):
        """The other end has exactly what this one sent."""
        self.peer.wait(len(self.out))
        check.same_bytes(self.peer.into, self.out, f"{what} at {self.peer}")

    def close(self):
        self.host.ports.remove(self)
        self.sock.close()


def connect(caller, callee, port=PORT, addr=None, source=0):
    """The two ends of a new connection; the caller's first."""
    family = socket.AF_INET6 if ":" in callee.addr else socket.AF_INET
    with callee:
        ears = socket.socket(family, socket.SOCK_STREAM)
    ears.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    ears.bind((callee.addr, port))
    ears.listen(1)
    with caller:
        mouth = socket.socket(family, socket.SOCK_STREAM)
    mouth.bind((caller.addr, source))
    mouth.settimeout(check.WAIT)
    try:
        mouth.connect((addr or callee.addr, port))
    except TimeoutError:
        check.fail(f"no connection from {caller.name} to {callee.name}")
    ears.settimeout(check.WAIT)
    one, two = Line(caller, mouth), Line(callee, ears.accept()[0])
    ears.close()
    one.peer, two.peer = two, one
    return one, two


class TcpAgent(Agent):
    """A user who has one connection, and a listener elsewhere that it names."""

    transport = "TCP"

    def __init__(self, line, user, port=PORT):      # pylint: disable=super-init-not-called
        self.line, self.host, self.user = line, line.host, user
        self.addr, self.port = self.host.addr, port
        self.sock = line.sock

    @property
    def contact(self):
        return f"<sip:{self.user}@{self.hostport};transport=tcp>"

    def send(self, data, to=None):
        self.line.send(data)

    def message(self, what):
        return self.line.message(what)


def pair(net):
    """Anna's phone inside, Bob at the provider, and the connection that she made."""
    one, two = connect(net.phone, net.provider)
    return TcpAgent(one, "anna"), TcpAgent(two, "bob")
