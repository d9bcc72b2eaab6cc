# SPDX-License-Identifier: GPL-2.0-or-later
"""Seeded damage to messages: the same seed does the same."""
import random

HUGE = (b"0", b"00000000000000005", b"-1", b"65535", b"65536", b"4294967295", b"4294967328",
        b"18446744073709551616", b"9" * 200, b"0x10", b"1e9", b"")
ENDS = (b"\n", b"\r", b"\r\r\n", b"\n\r\n", b"\r\n ", b"\r\n\t", b"\r\n\r\n", b"", b"\0", b"\r\n\0")
SEEDS = (b"\0", b"\x7f", b"\xff", b"<", b">", b"\"", b"\\", b";", b",", b"[", b"]", b":", b"@",
         b"%00", b"::", b"a" * 300, b"\"" * 50, b";tag=" * 30)
MOST = 65000


class Mutator:
    """damage(message): one to four of the things below, one after the other."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.ways = [getattr(self, name) for name in dir(self) if name.startswith("way_")]

    def damage(self, data):
        for _ in range(self.rng.choice((1, 1, 1, 2, 3, 4))):
            data = self.rng.choice(self.ways)(data)
        return data[:MOST]

    def _spot(self, data):
        return self.rng.randrange(len(data) + 1)

    def _lines(self, data):
        head, blank, body = data.partition(b"\r\n\r\n")
        return head.split(b"\r\n"), blank + body

    def way_flip(self, data):
        data = bytearray(data)
        for _ in range(self.rng.randrange(1, 6)):
            if data:
                data[self.rng.randrange(len(data))] ^= 1 << self.rng.randrange(8)
        return bytes(data)

    def way_random_bytes(self, data):
        at = self._spot(data)
        return data[:at] + self.rng.randbytes(self.rng.randrange(1, 20)) + data[at:]

    def way_cut(self, data):
        return data[:self._spot(data)]

    def way_cut_out(self, data):
        at = self._spot(data)
        return data[:at] + data[at + self.rng.randrange(1, 40):]

    def way_twice(self, data):
        at, size = self._spot(data), self.rng.randrange(1, 200)
        return data[:at] + data[at:at + size] * self.rng.randrange(2, 5) + data[at + size:]

    def way_insert(self, data):
        at = self._spot(data)
        return data[:at] + self.rng.choice(SEEDS) + data[at:]

    def way_line_twice(self, data):
        lines, rest = self._lines(data)
        lines.insert(self.rng.randrange(len(lines) + 1), self.rng.choice(lines))
        return b"\r\n".join(lines) + rest

    def way_line_gone(self, data):
        lines, rest = self._lines(data)
        del lines[self.rng.randrange(len(lines))]
        return b"\r\n".join(lines) + rest

    def way_swap_lines(self, data):
        lines, rest = self._lines(data)
        one, two = (self.rng.randrange(len(lines)) for _ in range(2))
        lines[one], lines[two] = lines[two], lines[one]
        return b"\r\n".join(lines) + rest

    def way_swap_values(self, data):
        lines, rest = self._lines(data)
        one, two = (self.rng.randrange(len(lines)) for _ in range(2))
        (a, x, b), (c, y, d) = lines[one].partition(b":"), lines[two].partition(b":")
        lines[one], lines[two] = a + x + d, c + y + b
        return b"\r\n".join(lines) + rest

    def way_number(self, data):
        """Another number, in the place of one."""
        spots = [at for at in range(len(data)) if 48 <= data[at] < 58 and
                 (not at or not 48 <= data[at - 1] < 58)]
        if not spots:
            return data
        at = end = self.rng.choice(spots)
        while end < len(data) and 48 <= data[end] < 58:
            end += 1
        return data[:at] + self.rng.choice(HUGE) + data[end:]

    def way_length(self, data):
        """Content-Length lies."""
        at = data.lower().find(b"content-length:")
        end = data.find(b"\r\n", at)
        if at < 0 or end < 0:
            return data
        lie = self.rng.choice(HUGE + (b"1", b"%d" % self.rng.randrange(2000)))
        return data[:at + 16] + lie + data[end:]

    def way_line_end(self, data):
        spots = [at for at in range(len(data)) if data.startswith(b"\r\n", at)]
        if not spots:
            return data
        at = self.rng.choice(spots)
        return data[:at] + self.rng.choice(ENDS) + data[at + 2:]

    def way_many(self, data):
        """As many of one header as the index holds, and more."""
        lines, rest = self._lines(data)
        line = self.rng.choice(lines[1:] or lines)
        lines[1:1] = [line] * self.rng.choice((20, 97, 180, 193, 400))
        return b"\r\n".join(lines) + rest

    def way_list(self, data):
        """One header with very many values."""
        lines, rest = self._lines(data)
        at = self.rng.randrange(len(lines))
        name, colon, value = lines[at].partition(b":")
        lines[at] = name + colon + b",".join([value] * self.rng.choice((2, 50, 100)))
        return b"\r\n".join(lines) + rest

    def way_media(self, data):
        """Very many m= lines, and c= and a=rtcp in them."""
        at = data.find(b"\r\nm=")
        if at < 0:
            return data
        end = data.find(b"\r\n", at + 2)
        line = data[at:end if end > 0 else len(data)]
        return data[:at] + line * self.rng.choice((2, 16, 17, 40)) + data[at:]
