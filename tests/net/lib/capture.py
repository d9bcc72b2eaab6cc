# SPDX-License-Identifier: GPL-2.0-or-later
"""What is on the wire: packets of a device, with their checksums judged."""
import ipaddress
import socket
import struct

from . import check

ETH_P_ALL, ETH_P_IP, ETH_P_IPV6, PACKET_OUTGOING = 3, 0x0800, 0x86dd, 4
IPPROTO_FRAGMENT = 44


def _sum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return total


class Packet:
    """A whole IP packet with UDP in it, or a fragment of one."""

    def __init__(self, data):
        self.data = data
        if data[0] >> 4 == 4:
            self.head = (data[0] & 15) * 4
            self.length, = struct.unpack_from("!H", data, 2)
            self.frag, = struct.unpack_from("!H", data, 6)
            addresses = 12
            self.proto = data[9]
        else:
            self.head = 40
            self.length = struct.unpack_from("!H", data, 4)[0] + 40
            self.proto, self.frag = data[6], 0
            if self.proto == IPPROTO_FRAGMENT:
                self.proto, self.frag, self.head = data[40], 0x2000, 48
            addresses = 8
        size = 4 if addresses == 12 else 16
        self.addresses = data[addresses:addresses + 2 * size]
        self.src, self.dst = (str(ipaddress.ip_address(self.addresses[at:at + size]))
                              for at in (0, size))
        self.udp = data[self.head:self.length]

    @property
    def fragment(self):
        return bool(self.frag & 0x3fff)

    def judge(self):
        """Header and payload add up."""
        sport, dport, length, checksum = struct.unpack_from("!4H", self.udp)
        name = f"{self.src}:{sport} > {self.dst}:{dport}"
        if self.data[0] >> 4 == 4:
            check.equal(_sum(self.data[:self.head]), 0xffff, f"IP checksum of {name}")
        check.equal(length, len(self.udp), f"UDP length of {name}")
        check.true(checksum, f"no UDP checksum in {name}")
        pseudo = self.addresses + struct.pack("!HH", socket.IPPROTO_UDP, len(self.udp))
        check.equal(_sum(pseudo + self.udp), 0xffff, f"UDP checksum of {name}")


class Capture:
    """Packets that arrive at a device of a host."""

    def __init__(self, host, dev="eth0"):
        with host:
            self.sock = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM,
                                      socket.htons(ETH_P_ALL))
            self.sock.bind((dev, ETH_P_ALL))
        self.sock.setblocking(False)

    def packets(self):
        """Those of UDP since the last time."""
        found = []
        while True:
            try:
                data, where = self.sock.recvfrom(65536)
            except BlockingIOError:
                return found
            if where[1] in (ETH_P_IP, ETH_P_IPV6) and where[2] != PACKET_OUTGOING:
                packet = Packet(data)
                if packet.proto == socket.IPPROTO_UDP:
                    found.append(packet)

    def close(self):
        self.sock.close()
