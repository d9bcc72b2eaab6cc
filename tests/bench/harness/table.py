# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows: medians beside a peer's, as a table and as build/bench.json."""
import json
import statistics


class Failed(Exception):
    """Something could not be measured."""


class Value:
    """The median of samples, and between which values the middle half lies."""

    def __init__(self, samples):
        if len(samples) < 3:
            raise Failed(f"only {len(samples)} samples")
        self.low, self.median, self.high = statistics.quantiles(samples, n=4,
                                                                method="inclusive")

    def __str__(self):
        return f"{self.median:.2f} ({self.low:.2f}-{self.high:.2f})"


class Count(Value):
    """What was counted once, and is no sample of anything."""

    def __init__(self, number):     # pylint: disable=super-init-not-called
        self.low = self.median = self.high = number

    def __str__(self):
        return f"{self.median:g}"


class Row:
    """One line: `target` is the ratio to reach, at most; with `more`, at least."""

    def __init__(self, name, unit, ours, peer, peer_value, target, more=False):
        self.name, self.unit, self.target, self.more = name, unit, target, more
        self.ours, self.peer, self.peer_value = ours, peer, peer_value
        if peer_value.median <= 0:
            raise Failed(f"{name}: {peer} costs {peer_value}, which cannot be")
        self.ratio = ours.median / peer_value.median
        self.met = self.ratio >= target if more else self.ratio <= target

    def as_dict(self):
        return {"row": self.name, "unit": self.unit,
                "ours": round(self.ours.median, 3), "peer": self.peer,
                "peer_value": round(self.peer_value.median, 3),
                "ratio": round(self.ratio, 4), "target": round(self.target, 4),
                "met": self.met}

    def cells(self):
        return [self.name, self.unit, str(self.ours), self.peer, str(self.peer_value),
                f"{self.ratio:.2f}", f"{'≥' if self.more else '≤'} {self.target:.2f}",
                "yes" if self.met else "no"]


HEAD = ["row", "unit", "ours", "peer", "peer's", "ratio", "target", "met"]


def show(rows):
    lines = [HEAD] + [row.cells() for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())
    print("Values are medians, with the middle half of the samples in brackets.")


def write(rows, file):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps([row.as_dict() for row in rows], indent=2,
                               ensure_ascii=False) + "\n", encoding="utf-8")
