# SPDX-License-Identifier: GPL-2.0-or-later
"""What is on the wire: packets of a device, with their checksums judged."""
import ipaddress
import socket
import struct

from . import check

ETH_P_ALL, ETH_P_IP, ETH_P_IPV6, PACKET_OUTGOING = 3, 0x0800, 0x86dd, 4
IPPROTO_FRAGMENT = 44


def internet_sum(data):
    """Ones-complement sum of 16 bits each, as in RFC 1071."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return total


class Packet:
    """A whole IP packet, or a fragment of one; what it carries is `udp`."""

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
            check.equal(internet_sum(self.data[:self.head]), 0xffff, f"IP checksum of {name}")
        check.equal(length, len(self.udp), f"UDP length of {name}")
        check.true(checksum, f"no UDP checksum in {name}")
        pseudo = self.addresses + struct.pack("!HH", socket.IPPROTO_UDP, len(self.udp))
        check.equal(internet_sum(pseudo + self.udp), 0xffff, f"UDP checksum of {name}")


class Quote:
    """The packet that an ICMP error is about."""

    def __init__(self, data):
        head = (data[0] & 15) * 4 if data[0] >> 4 == 4 else 40
        packet = Packet(data)
        sport, dport = struct.unpack_from("!HH", data, head)
        self.source, self.target = (packet.src, sport), (packet.dst, dport)


class IcmpError(Packet):
    """An ICMP error about a UDP packet."""

    KINDS = {socket.IPPROTO_ICMP: (3, 11, 12), socket.IPPROTO_ICMPV6: (1, 2, 3, 4)}

    def __init__(self, data):
        super().__init__(data)
        self.quote = Quote(self.udp[8:])

    @classmethod
    def of(cls, packet):
        """It, or None."""
        kinds = cls.KINDS.get(packet.proto)
        return cls(packet.data) if kinds and packet.udp[0] in kinds else None

    def judge(self):
        """Header and payload add up."""
        pseudo = b""
        if self.data[0] >> 4 == 4:
            check.equal(internet_sum(self.data[:self.head]), 0xffff, "IP checksum of an ICMP error")
        else:
            pseudo = self.addresses + struct.pack("!II", len(self.udp), self.proto)
        check.equal(internet_sum(pseudo + self.udp), 0xffff, "checksum of an ICMP error")


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
        return [packet for packet in self._all() if packet.proto == socket.IPPROTO_UDP]

    def errors(self):
        """ICMP's since the last time."""
        return [error for error in map(IcmpError.of, self._all()) if error]

    def _all(self):
        found = []
        while True:
            try:
                data, where = self.sock.recvfrom(65536)
            except BlockingIOError:
                return found
            if where[1] in (ETH_P_IP, ETH_P_IPV6) and where[2] != PACKET_OUTGOING:
                found.append(Packet(data))

    def close(self):
        self.sock.close()
