# SPDX-License-Identifier: GPL-2.0-or-later
"""A PPPoE session between two hosts, made by hand.

What daemons agree on is agreed here: both ends name a session's number and the
other's address to the kernel, and make a device of it, which may carry IP at once.
"""
import ctypes
import fcntl
import os
import socket
import stat
import struct

from . import rawudp, rtnl

AF_PPPOX, PX_PROTO_OE = 24, 0
PPPIOCGCHAN, PPPIOCATTCHAN, PPPIOCCONNECT, PPPIOCNEWUNIT = \
    0x80047437, 0x40047438, 0x4004743a, 0xc004743e
DEVICE, NODE = os.makedev(108, 0), "/dev/ppp"
MTU = 1492
_libc = ctypes.CDLL(None, use_errno=True)


def _open():
    if not os.path.exists(NODE):
        os.mknod(NODE, 0o600 | stat.S_IFCHR, DEVICE)
    return os.open(NODE, os.O_RDWR)


def _ioctl(fd, what, number):
    return struct.unpack("=i", fcntl.ioctl(fd, what, struct.pack("=i", number)))[0]


class End:
    """One end: a device of point to point on top of another one, as long as it is open."""

    def __init__(self, host, under, session, peer):
        with host:
            self.sock = socket.socket(AF_PPPOX, socket.SOCK_STREAM, PX_PROTO_OE)
            self._connect(under, session, peer)
            self.channel, self.unit = _open(), _open()
            _ioctl(self.channel, PPPIOCATTCHAN, _ioctl(self.sock, PPPIOCGCHAN, 0))
            number = _ioctl(self.unit, PPPIOCNEWUNIT, -1)
            _ioctl(self.channel, PPPIOCCONNECT, number)
            self.name = f"ppp{number}"
            rtnl.mtu(self.name, MTU)
            rtnl.up(self.name)

    def _connect(self, under, session, peer):
        """connect(2): Python's own knows no such addresses."""
        addr = struct.pack("=HI", AF_PPPOX, PX_PROTO_OE) + \
            struct.pack("!H6s16s", session, peer, under.encode())
        if _libc.connect(self.sock.fileno(), addr, len(addr)):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))

    def close(self):
        """The device goes."""
        for fd in (self.unit, self.channel):
            os.close(fd)
        self.sock.close()


class Session:
    """Both ends, over a link between two hosts."""

    def __init__(self, one, under, other, peer, number=0x1234):
        self.one = End(one, under, number, rawudp.hardware(other, peer))
        self.other = End(other, peer, number, rawudp.hardware(one, under))

    def close(self):
        self.one.close()
        self.other.close()
