#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""ladder.py LAN.pcap WAN.pcap ROUTER SINCE COLOUR: the messages of a call.

Both sides of the router are drawn, and under each message what the router
changed in it: on either side the value that this side saw. ROUTER is its
address outside, SINCE a time stamp.
"""
import re
import sys

import capture

LANE = 42
BOLD, DIM, CHANGED, BAD, END = '\x1b[1m', '\x1b[2m', '\x1b[33m', '\x1b[31m', '\x1b[0m'


class Page:
    """Prints rows of two lanes between three bars."""

    def __init__(self, colour):
        self.colour = colour

    def paint(self, text, code):
        return f'{code}{text}{END}' if self.colour and text.strip() else text

    def row(self, left, right, code=''):
        bar = self.paint('│', DIM)
        left, right = (self.paint(lane[:LANE].ljust(LANE), code) for lane in (left, right))
        print(f'     {bar}{left}{bar}{right}{bar}')


def arrow(text, outward, line='─'):
    """The text in the middle of an arrow as wide as a lane."""
    body = f' {text[:LANE - 8]} '.center(LANE - 1, line)
    return body + '▶' if outward else '◀' + body


def short(label, value):
    """The part of a header's value that tells: addresses, not the rest."""
    found = re.findall(r'[0-9]+(?:\.[0-9]+){3}(?::[0-9]+)?', value)
    if label == 'o=':
        return '… ' + ' '.join(value.split()[-3:])
    return value if label.endswith('=') or not found else found[0]


def labelled(line):
    """(label, value) of a header, an SDP line or the request line."""
    request = re.match(r'([A-Z]+) (\S+) SIP/2\.0$', line)
    if request:
        return 'to', re.sub(r'(?<=sip:)[^@]*@', '', request.group(2))
    if re.match(r'[a-z]=', line):
        attribute = re.match(r'a=[a-z]+:', line)
        label = attribute.group(0) if attribute else line[:2]
        return label, line[len(label):]
    label, _, value = line.partition(':')
    return label.strip(), value.strip()


def changes(inner, outer):
    """What differs: (label, value inside, value outside)."""
    for one, other in zip(inner.lines + inner.sdp, outer.lines + outer.sdp):
        if one != other:
            label, before = labelled(one)
            after = labelled(other)[1]
            if short(label, before) != short(label, after):
                before, after = short(label, before), short(label, after)
            yield label, before, after


def draw_message(page, crossing):
    message = crossing.inner or crossing.outer
    title = message.name
    if title[0].isdigit():
        title += f' ({message.method})'
    elif crossing.inner and crossing.outer:
        title += f' {message.get("To").split("@")[0].split("sip:")[-1]}'
    drawn = arrow(title, crossing.outward)
    if not crossing.inner or not crossing.outer:
        lost = '✘'.center(LANE)
        page.row(drawn if crossing.inner else lost, drawn if crossing.outer else lost, BAD)
        return
    page.row(drawn, drawn, BOLD)
    for label, before, after in changes(crossing.inner, crossing.outer):
        page.row(f'{label:>15} {before}', f'{label:>15} {after}', CHANGED)


def draw_audio(page, inner, outer):
    def lane(side):
        near, far = side.ends()
        return (f'◀{" audio ":═^{LANE - 2}}▶',
                f'{capture.address(near):^21}{capture.address(far):^21}',
                f'{len(side.sent):>12} packets ▶  ◀ {len(side.heard)} packets')
    rows = list(zip(lane(inner), lane(outer)))
    page.row(*rows[0], BOLD)
    page.row(*rows[1], CHANGED)
    page.row(*rows[2])


def main(inner_path, outer_path, router, since, colour):
    page = Page(colour)
    since = float(since)
    inner = capture.Audio(inner_path, since, capture.inside)
    outer = capture.Audio(outer_path, since, lambda p: p.source[0] == router)
    pending = inner.first() and outer.first()
    print('   phone' + 'router'.center(2 * LANE - 4) + 'provider')
    page.row('', '')
    for crossing in capture.crossings(inner_path, outer_path, router, since):
        # The audio begins behind the message that it overtakes at most.
        if pending and crossing.time > max(inner.first().time, outer.first().time):
            draw_audio(page, inner, outer)
            pending = False
        draw_message(page, crossing)
    if pending:
        draw_audio(page, inner, outer)
    page.row('', '')


if __name__ == '__main__':
    main(*sys.argv[1:5], sys.argv[5] == 'always')
