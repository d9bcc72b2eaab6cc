# SPDX-License-Identifier: GPL-2.0-or-later
"""The client's side of a WebSocket (RFC 6455), byte by byte if need be."""
import base64
import hashlib
import os
import socket
import struct

from phone import Phone

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
MORE = 0


def request(path='/sip', protocol='sip', origin='https://good.example', version='13', more='',
            key=None):
    """What asks for one; None leaves a line out."""
    lines = [f'GET {path} HTTP/1.1', 'Host: home.arpa', 'Upgrade: websocket', 'Connection: Upgrade',
             f'Sec-WebSocket-Key: {key or base64.b64encode(os.urandom(16)).decode()}']
    for name, value in (('Sec-WebSocket-Version', version), ('Sec-WebSocket-Protocol', protocol),
                        ('Origin', origin)):
        lines += [f'{name}: {value}'] if value is not None else []
    return ('\r\n'.join(lines) + '\r\n' + more + '\r\n').encode()


def frame(data, opcode=TEXT, fin=True, masked=True, reserved=0, length=None):
    """One frame; @length is what it says of itself."""
    length = len(data) if length is None else length
    head = bytes([fin << 7 | reserved << 4 | opcode])
    mask = os.urandom(4) if masked else b''
    if length < 126:
        head += bytes([masked << 7 | length])
    elif length < 65536:
        head += struct.pack('!BH', masked << 7 | 126, length)
    else:
        head += struct.pack('!BQ', masked << 7 | 127, length)
    if masked:
        data = bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))
    return head + mask + data


class Web:
    """A WebSocket that reads and writes like a socket: a message is a piece of it."""

    def __init__(self, sock, **asked):
        self.sock = sock
        key = base64.b64encode(os.urandom(16)).decode()
        sock.sendall(request(key=key, **asked))
        head = self.head()
        accept = hashlib.sha1((key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').encode()).digest()
        assert head.startswith('HTTP/1.1 101 '), head
        assert f'Sec-WebSocket-Accept: {base64.b64encode(accept).decode()}\r\n' in head, head
        assert 'Sec-WebSocket-Protocol: sip\r\n' in head, head

    def head(self):
        head = b''
        while not head.endswith(b'\r\n\r\n'):
            head += self.exactly(1)
        return head.decode()

    def exactly(self, count):
        data = b''
        while len(data) < count:
            more = self.sock.recv(count - len(data))
            if not more:
                raise ConnectionError('closed')
            data += more
        return data

    def frame(self):
        """The next one: opcode and what it carries."""
        first, length = self.exactly(2)
        # Whole, and not masked: RFC 6455, 5.1.
        assert first & 0xf0 == 0x80 and length < 128, (first, length)
        if length > 125:
            length = int.from_bytes(self.exactly(2 if length == 126 else 8), 'big')
        return first & 15, self.exactly(length)

    def closed(self):
        """The code that it is closed with."""
        while True:
            opcode, data = self.frame()
            if opcode == CLOSE:
                return int.from_bytes(data, 'big')
            if opcode == PING:
                self.sock.sendall(frame(data, PONG))

    def sendall(self, data):
        self.sock.sendall(frame(data))

    def recv(self, _room):
        while True:
            opcode, data = self.frame()
            if opcode == PING:
                self.sock.sendall(frame(data, PONG))
            elif opcode == CLOSE:
                raise ConnectionError('closed')
            elif opcode in (TEXT, BINARY):
                while getattr(self.sock, 'pending', int)():
                    data += self.recv(0)
                return data

    def settimeout(self, seconds):
        self.sock.settimeout(seconds)

    def fileno(self):
        return self.sock.fileno()

    def close(self):
        self.sock.close()


class WebPhone(Phone):
    """A page that knows no address of its own: all that it says of it is .invalid."""

    def __init__(self, user, sock, transport, patience=20, **asked):
        super().__init__(user, '127.0.0.1', patience=patience)
        self.sock.close()
        self.sock, self.transport = Web(sock, **asked), transport
        self.here = f'{user}x7.invalid'
        self.contact = f'<sip:{user}@{self.here};transport=ws>'


def connect(port, host='127.0.0.1'):
    sock = socket.create_connection((host, port), timeout=20)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock
