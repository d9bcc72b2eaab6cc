# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads what tcpdump saw on both sides of the router, and pairs it up."""
import collections
import re
import socket
import struct

INSIDE = '192.168.1.', '2001:db8:1::'
REQUEST = re.compile(rb'^([A-Z]+) (\S+) SIP/2\.0\r\n')
RESPONSE = re.compile(rb'^SIP/2\.0 (\d{3}) ?([^\r]*)\r\n')

Packet = collections.namedtuple('Packet', 'time source target data')
# One message on both sides; either may be None when it did not cross.
Crossing = collections.namedtuple('Crossing', 'time outward inner outer')


class Sip:
    """A SIP message, as far as drawing it takes."""

    def __init__(self, packet):
        self.packet = packet
        head, _, self.body = packet.data.partition(b'\r\n\r\n')
        self.lines = head.decode(errors='replace').split('\r\n')
        self.sdp = self.body.decode(errors='replace').split('\r\n')
        self.method = self.get('CSeq').partition(' ')[2]
        request = REQUEST.match(packet.data)
        if request:
            self.name = request.group(1).decode()
        else:
            status, reason = RESPONSE.match(packet.data).groups()
            self.name = f'{status.decode()} {reason.decode(errors="replace")}'

    def get(self, name):
        for line in self.lines[1:]:
            label, _, value = line.partition(':')
            if label.strip().lower() == name.lower():
                return value.strip()
        return ''


def is_sip(packet):
    return bool(REQUEST.match(packet.data) or RESPONSE.match(packet.data))


def rtp_identity(packet):
    """(SSRC, sequence number) of an RTP packet; None for RTCP (RFC 5761)."""
    data = packet.data
    if len(data) < 12 or data[0] >> 6 != 2 or 192 <= data[1] <= 223:
        return None
    return data[8:12], data[2:4]


UDP, TCP = 17, 6


def ends_of(frame, protocol):
    """(source, target, where UDP or TCP begins) in an Ethernet frame; None without it."""
    if frame[12:14] == b'\x08\x00' and frame[23] == protocol:
        family, start, ends = socket.AF_INET, 14 + 4 * (frame[14] & 15), (26, 30, 34)
    elif frame[12:14] == b'\x86\xdd' and frame[20] == protocol:
        family, start, ends = socket.AF_INET6, 54, (22, 38, 54)
    else:
        return None
    return *(socket.inet_ntop(family, frame[a:b]) for a, b in zip(ends, ends[1:])), start


def frames(path):
    """(time, frame) of an Ethernet pcap file of this machine's byte order."""
    with open(path, 'rb') as file:
        data = file.read()
    at = 24
    while at + 16 <= len(data):
        seconds, micro, length, _ = struct.unpack_from('=IIII', data, at)
        frame = data[at + 16:at + 16 + length]
        at += 16 + length
        yield seconds + micro / 1e6, frame


def packets(path):
    """The UDP in it."""
    for time, frame in frames(path):
        found = ends_of(frame, UDP)
        if found:
            source, target, udp = found
            sport, dport, size = struct.unpack_from('!HHH', frame, udp)
            yield Packet(time, (source, sport), (target, dport), frame[udp + 8:udp + size])


def address(endpoint):
    return f'{endpoint[0]}:{endpoint[1]}'


def inside(packet):
    return packet.source[0].startswith(INSIDE)


def keyed(messages, outward):
    """(identity, nth time it is seen) -> message."""
    seen = collections.Counter()
    result = {}
    for packet in messages:
        message = Sip(packet)
        key = (message.get('Call-ID'), message.get('CSeq'), message.name, outward(packet))
        seen[key] += 1
        result[key + (seen[key],)] = message
    return result


def crossings(inner_path, outer_path, router, since=0.0):
    """Every SIP message with its two faces, in the order of their arrival."""
    inner = keyed(filter(is_sip, packets(inner_path)), inside)
    outer = keyed(filter(is_sip, packets(outer_path)), lambda p: p.source[0] == router)
    result = []
    for key in inner.keys() | outer.keys():
        pair = inner.get(key), outer.get(key)
        time = min(m.packet.time for m in pair if m)
        if time >= since:
            result.append(Crossing(time, key[3], *pair))
    return sorted(result, key=lambda c: c.time)


class Audio:
    """The RTP on one side of the router, seen from the phone: (SSRC, sequence
    number) -> packet, either way."""

    def __init__(self, path, since, is_near):
        self.sent, self.heard = {}, {}
        for packet in packets(path):
            identity = rtp_identity(packet)
            if packet.time >= since and identity and not is_sip(packet):
                way = self.sent if is_near(packet) else self.heard
                way.setdefault(identity, packet)

    def first(self):
        """The first packet; None if there is no audio both ways."""
        if not self.sent or not self.heard:
            return None
        return min((next(iter(way.values())) for way in (self.sent, self.heard)),
                   key=lambda p: p.time)

    def ends(self):
        """The near and the far end, as they begin."""
        packet = next(iter(self.sent.values()))
        return packet.source, packet.target
