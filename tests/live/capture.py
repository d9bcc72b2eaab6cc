# SPDX-License-Identifier: GPL-2.0-or-later
"""A strict reader of what `sipfast trace -w` writes: pcapng with exported PDUs."""
import ipaddress
import struct

UPPER_PDU = 252
SECTION, INTERFACE, PACKET = 0x0a0d0d0a, 1, 6
FLAGS = {1: False, 2: True}     # received, sent


class Message:
    """What a packet says: when, through which interface, from and to where, and it."""

    def __init__(self, time_ns, interface, sent, tags, data, comment):
        self.time_ns, self.interface, self.sent = time_ns, interface, sent
        self.data, self.comment = data, comment
        six = 22 in tags
        assert set(tags) == {12, 24, 25, 26, *((22, 23) if six else (20, 21))}, tags
        assert tags[12] == b'sip\0'
        self.stream = {2: True, 3: False}[struct.unpack('>I', tags[24])[0]]
        self.source, self.target = ((ipaddress.ip_address(tags[addr]),
                                     struct.unpack('>I', tags[port])[0])
                                    for addr, port in (((22, 23)[i] if six else (20, 21)[i], 25 + i)
                                                       for i in range(2)))


def blocks(data):
    """Type and content of each; both lengths agree, and nothing is left over."""
    at = 0
    while at < len(data):
        kind, size = struct.unpack_from('<II', data, at)
        assert size % 4 == 0 and size >= 12 and at + size <= len(data), (at, size)
        assert struct.unpack_from('<I', data, at + size - 4)[0] == size
        yield kind, data[at + 8:at + size - 4]
        at += size


def options(data):
    """Each stands once, and the end is there."""
    found, at = {}, 0
    while True:
        option, size = struct.unpack_from('<HH', data, at)
        at += 4
        if not option:
            assert not size and at == len(data), (at, len(data))
            return found
        assert option not in found
        found[option] = data[at:at + size]
        rest = -size % 4
        assert not any(data[at + size:at + size + rest])
        at += size + rest


def pdu(data):
    """The tags in front of a message, and the message."""
    tags, at = {}, 0
    while True:
        tag, size = struct.unpack_from('>HH', data, at)
        at += 4
        if not tag:
            assert not size
            return tags, data[at:]
        assert size % 4 == 0 and tag not in tags
        tags[tag] = data[at:at + size]
        at += size


def packet(content, names):
    number, high, low, size, whole = struct.unpack_from('<IIIII', content)
    assert size == whole and number < len(names)
    data, rest = content[20:20 + size], -size % 4
    assert len(data) == size and not any(content[20 + size:20 + size + rest])
    more = options(content[20 + size + rest:])
    assert set(more) == {1, 2}, more
    tags, message = pdu(data)
    return Message(high << 32 | low, names[number], FLAGS[struct.unpack('<I', more[2])[0]], tags,
                   message, more[1].decode('ascii'))


def read(data):
    """All messages of a file."""
    names, messages = [], []
    for i, (kind, content) in enumerate(blocks(data)):
        assert (kind == SECTION) == (i == 0), 'the section comes first, and once'
        if kind == SECTION:
            assert struct.unpack_from('<IHHq', content) == (0x1a2b3c4d, 1, 0, -1)
            options(content[16:])
        elif kind == INTERFACE:
            assert struct.unpack_from('<HHI', content) == (UPPER_PDU, 0, 0)
            more = options(content[8:])
            assert more[9] == b'\x09'
            names.append(more[2].decode('ascii'))
        else:
            assert kind == PACKET, kind
            messages.append(packet(content, names))
    assert len(set(names)) == len(names)
    return messages
