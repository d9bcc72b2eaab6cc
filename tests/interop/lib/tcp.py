# SPDX-License-Identifier: GPL-2.0-or-later
"""SIP over TCP in what tcpdump saw: streams put together, and cut into messages."""
import re
import struct

import capture

LENGTH = re.compile(rb'^(?:Content-Length|l)[ \t]*:[ \t]*(\d+)', re.I | re.M)


def segments(path):
    """(time, source, target, sequence number, data) of those that carry something."""
    for time, frame in capture.frames(path):
        found = capture.ends_of(frame, capture.TCP)
        if not found:
            continue
        source, target, at = found
        sport, dport, number = struct.unpack_from('!HHI', frame, at)
        # Short frames are filled up: the packet says where it ends.
        end = 14 + struct.unpack_from('!H', frame, 16)[0] if frame[12] == 8 else \
            54 + struct.unpack_from('!H', frame, 18)[0]
        data = frame[at + 4 * (frame[at + 12] >> 4):end]
        if data:
            yield time, (source, sport), (target, dport), number, data


def take(stream):
    """Whole messages off the front of a stream; a keepalive is none."""
    while True:
        del stream[:len(stream) - len(stream.lstrip(b'\r\n'))]
        head, end, _ = stream.partition(b'\r\n\r\n')
        if not end:
            return
        length = LENGTH.search(head)
        size = len(head) + 4 + int(length.group(1) if length else 0)
        if len(stream) < size:
            return
        yield bytes(stream[:size])
        del stream[:size]


def messages(path):
    """Each message, at the time of the segment that completes it. What was sent
    again is left out; a capture on a veth has nothing out of order."""
    streams = {}
    for time, source, target, number, data in segments(path):
        stream, following = streams.get((source, target), (bytearray(), number))
        known = following - number & 0xffffffff
        if known < 1 << 31:
            data = data[known:]
        stream += data
        streams[source, target] = stream, following + len(data) & 0xffffffff
        for message in take(stream):
            yield capture.Packet(time, source, target, message)


def all_packets(path):
    """UDP, and SIP over TCP, in the order of their arrival."""
    return sorted([*capture.packets(path), *messages(path)], key=lambda p: p.time)
