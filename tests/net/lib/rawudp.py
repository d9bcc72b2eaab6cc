# SPDX-License-Identifier: GPL-2.0-or-later
"""UDP packets that no socket would send: made here, byte by byte.

They reach the router by a packet socket, so nobody mends their lengths and checksums.
"""
import ipaddress
import socket
import struct

from .capture import internet_sum

ETH_P = {4: 0x0800, 6: 0x86dd}


def checksum(source, target, udp):
    """Of a datagram with its header, between two addresses."""
    ends = ipaddress.ip_address(source).packed + ipaddress.ip_address(target).packed
    pseudo = ends + struct.pack("!HH", socket.IPPROTO_UDP, len(udp))
    return 0xffff - internet_sum(pseudo + udp) or 0xffff


def datagram(source, target, data, wrong=0, none=False):
    """(address, port) each; `wrong` is added to the checksum, and `none` leaves it out."""
    head = source[1], target[1], len(data) + 8
    right = checksum(source[0], target[0], struct.pack("!4H", *head, 0) + data)
    return struct.pack("!4H", *head, 0 if none else (right + wrong) & 0xffff) + data


def packet(source, target, udp, ttl=64, tos=0, damage=0):
    """A whole packet of IP; `damage` is added to IPv4's checksum."""
    ends = [ipaddress.ip_address(end[0]) for end in (source, target)]
    if ends[0].version == 6:
        return struct.pack("!IHBB", 6 << 28 | tos << 20, len(udp), socket.IPPROTO_UDP, ttl) + \
            ends[0].packed + ends[1].packed + udp
    head = struct.pack("!BBHHHBBH", 0x45, tos, 20 + len(udp), 7, 0, ttl, socket.IPPROTO_UDP, 0) \
        + ends[0].packed + ends[1].packed
    right = (0xffff - internet_sum(head) + damage) & 0xffff
    return head[:10] + struct.pack("!H", right) + head[12:] + udp


def hardware(host, dev):
    """Address of a device's link layer."""
    with host, socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM) as sock:
        sock.bind((dev, 0))
        return sock.getsockname()[4]


class Way:
    """One direction of a talk: what is handed to the router looks as if it came by it."""

    def __init__(self, net, src, dst):
        self.src, self.dst = src, dst
        inside = src.rtp.host is net.phone
        self.host, self.dev, near = (net.phone, "eth0", "lan1") if inside else \
            (net.isp, "wan", "wan")
        self.sent = src.rtp.host.sent
        self.router = hardware(net.router, near)

    def make(self, data, wrong=0, none=False, **how):
        """A packet from where RTP is sent to where it is."""
        udp = datagram(self.src.rtp.at, self.src.peer.rtp, data, wrong, none)
        return packet(self.src.rtp.at, self.src.peer.rtp, udp, **how)

    def send(self, data, padding=b"", **how):
        """What it carries; `how` it is wrong is as above."""
        if self.sent is not None:
            self.sent.add(data)
        whole = self.make(data, **how)
        with self.host, socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM) as sock:
            sock.sendto(whole + padding,
                        (self.dev, ETH_P[whole[0] >> 4], 0, 0, self.router))
        return len(whole)

    def transmit(self, data, tags=()):
        """What it carries, in a frame with these tags: (protocol, number) from the outside in."""
        if self.sent is not None:
            self.sent.add(data)
        whole = self.make(data)
        head = self.router + hardware(self.host, self.dev)
        for tag in tags:
            head += struct.pack("!HH", *tag)
        head += struct.pack("!H", ETH_P[whole[0] >> 4])
        with self.host, socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as sock:
            sock.bind((self.dev, 0))
            sock.send(head + whole)


def ways(net, talk):
    """Both, in the order in which the tool tells of them when the phone calls."""
    return Way(net, talk.one, talk.two), Way(net, talk.two, talk.one)
