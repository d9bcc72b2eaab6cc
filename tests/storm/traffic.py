# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls with RTP both ways, one after the other, in a process of their own.

A storm breaks them in the middle: whatever fails is given up, and the next one
begins. The number of calls that went well is shared with the storm.
"""
import itertools
import mmap
import os
import random
import struct
import sys
import time

from lib import check, rtp
from lib.register import register
from lib.ua import Agent, Talk

# At the most so many calls a second: the storm needs the processor, too.
PAUSE = 0.005
WAIT = 1.0 if check.DEBUG else 0.15


class Traffic:
    """`with Traffic(net) as traffic:`"""

    def __init__(self, net, inside="phone", outside="provider", cpu=None):
        self.net, self.cpu = net, cpu
        self.inside, self.outside = getattr(net, inside), getattr(net, outside)
        self.memory = mmap.mmap(-1, 16)
        self.pid = 0

    @property
    def calls(self):
        """That were begun, spoke, and ended."""
        return struct.unpack("=QQ", self.memory[:16])[0]

    def __enter__(self):
        sys.stdout.flush()
        self.pid = os.fork()
        if not self.pid:
            try:
                self._play()
            finally:
                os._exit(1)
        return self

    def __exit__(self, *error):
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)

    def _play(self):
        os.sched_setaffinity(0, {self.cpu} if self.cpu is not None else
                             os.sched_getaffinity(0))
        check.WAIT = WAIT
        rng = random.Random(self.cpu)
        # What the calls before left half done must not be taken for this one's.
        for number in itertools.count():
            agents = []
            try:
                agents = [Agent(self.inside, "anna", 5060 + number % 50),
                          Agent(self.outside, "bob")]
                self._call(rng, *agents)
                done, tried = struct.unpack("=QQ", self.memory[:16])
                self.memory[:16] = struct.pack("=QQ", done + 1, tried)
            except (check.Failure, OSError, ValueError):
                pass
            for host in (self.inside, self.outside):
                for port in list(host.ports):
                    port.close()
            time.sleep(PAUSE)

    @staticmethod
    def _call(rng, phone, provider):
        if rng.random() < 0.2:
            register(phone, provider, expires=rng.choice((1, 60)))
        caller, callee = (phone, provider)
        talk = Talk(caller, callee, (4000 + 2 * rng.randrange(50), 40000))
        for _ in range(rng.choice((1, 5, 20))):
            talk.one.rtp.send(rtp.packet(), talk.one.peer.rtp)
            talk.two.rtp.send(rtp.packet(), talk.two.peer.rtp)
        talk.one.rtp.receive("RTP")
        talk.two.rtp.receive("RTP")
        # One in ten is abandoned.
        if rng.random() < 0.9:
            talk.call.bye(rng.choice((talk.call.a, talk.call.b)))
