#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""tone.py make FILE HZ [FILE HZ...]   write a minute of a tone; G.711 where FILE is *.ulaw
tone.py check FILE HEARD OWN         does the recording hold HEARD, and not OWN?

The honest test of two-way audio: each side plays a tone of its own, and has to
hear the other's. A recording of one's own tone would be an echo.
"""
import math
import statistics
import struct
import sys
import wave

RATE = 8000
LOUD = 9000


def make(path, hertz, seconds=60):
    step = 2 * math.pi * hertz / RATE
    second = b''.join(struct.pack('<h', int(LOUD * math.sin(step * i))) for i in range(RATE))
    if path.endswith('.ulaw'):
        with open(path, 'wb') as file:
            file.write(bytes(map(ulaw, struct.unpack(f'<{RATE}h', second))) * seconds)
        return
    with wave.open(path, 'wb') as tone:
        tone.setparams((1, 2, RATE, 0, 'NONE', ''))
        tone.writeframes(second * seconds)


def ulaw(sample):
    """A sample as G.711 has it."""
    sign = 0x80 if sample < 0 else 0
    value = min(abs(sample), 32635) + 132
    exponent = value.bit_length() - 8
    return ~(sign | exponent << 4 | value >> exponent + 3 & 15) & 0xff


def linear(code):
    """And back."""
    code = ~code & 0xff
    value = (((code & 15) << 3) + 132 << (code >> 4 & 7)) - 132
    return -value if code & 128 else value


def level(samples, rate, hertz):
    """Amplitude of one frequency: the median of tenths of a second (Goertzel). A packet
    that is missing turns the phase, and two halves of a recording could cancel out."""
    c = 2 * math.cos(2 * math.pi * hertz / rate)
    step = rate // 10
    levels = []
    for start in range(0, len(samples) - step + 1, step):
        a = b = 0.0
        for sample in samples[start:start + step]:
            a, b = sample + c * a - b, a
        levels.append(2 * math.sqrt(abs(a * a + b * b - c * a * b)) / step)
    return statistics.median(levels or [0])


def judge(samples, rate, heard, own, least=1):
    """Two seconds from the middle: neither the start nor the end of the call."""
    middle = samples[len(samples) // 4:][:2 * rate]
    there, echo = level(middle, rate, heard), level(middle, rate, own)
    print(f'{len(samples) / rate:.1f} s recorded; level of {heard} Hz {there:.0f}, '
          f'of {own} Hz {echo:.0f} (played at {LOUD})')
    return len(samples) > least * rate and there > LOUD / 9 and echo < there / 20


def check(path, heard, own):
    with wave.open(path) as record:
        rate, channels = record.getframerate(), record.getnchannels()
        data = record.readframes(record.getnframes())
    return judge(struct.unpack(f'<{len(data) // 2}h', data)[::channels], rate, heard, own)


if __name__ == '__main__':
    if sys.argv[1] == 'make':
        for name, pitch in zip(sys.argv[2::2], sys.argv[3::2]):
            make(name, int(pitch))
    else:
        sys.exit(not check(sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
