# SPDX-License-Identifier: GPL-2.0-or-later
"""RTCP: what senders and receivers tell each other (RFC 3550, 6)."""
import struct

SR, RR, SDES = 200, 201, 202


def packet(kind, count, body):
    """One packet of a compound; its length is right."""
    return struct.pack("!BBH", 0x80 | count, kind, len(body) // 4) + body


def block(about, fraction=0, lost=0, jitter=0, lsr=0, dlsr=0):
    """What somebody says of the packets of `about`; `dlsr` in seconds."""
    return struct.pack("!IB", about, fraction) + (lost & 0xffffff).to_bytes(3, "big") + \
        struct.pack("!IIII", 0x10000, jitter, lsr, round(dlsr * 65536))


def sender(ssrc, middle, *blocks):
    """An SR; `middle` are the 32 bits of its NTP timestamp that LSR repeats."""
    return packet(SR, len(blocks), struct.pack("!IQIII", ssrc, 0xe1e1 << 48 | middle << 16, 0, 9,
                                               9 * 160) + b"".join(blocks))


def receiver(ssrc, *blocks):
    """An RR."""
    return packet(RR, len(blocks), struct.pack("!I", ssrc) + b"".join(blocks))


def name(ssrc):
    """An SDES with a CNAME, which every compound packet is to have."""
    return packet(SDES, 1, struct.pack("!IBB10s", ssrc, 1, 8, b"a@host.x"))
