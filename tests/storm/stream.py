# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls that go on talking, in a process of their own, with media in the fast path.

A call that a storm has broken is given up, and another one begins. Conntrack wants to
see a stream for two seconds before it is sure of it.
"""
import errno
import os
import socket
import sys
import time

from lib import check
from lib.ua import Agent, Talk

CALLS = 3
SECONDS = 10
WAIT = 1.0 if check.DEBUG else 0.2


class Streams:
    """`with Streams(net):` three calls that talk."""

    def __init__(self, net):
        self.net = net
        self.ends = net.phone, net.provider
        self.pid = 0

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
        check.WAIT = WAIT
        number = 0
        while True:
            talks = []
            try:
                provider = Agent(self.ends[1], "bob")
                for _ in range(CALLS):
                    number += 1
                    talks.append(self._call(provider, number))
                self._talk(talks)
            except (check.Failure, OSError, ValueError) as error:
                # That is a mistake of ours, and not the storm's work.
                if getattr(error, "errno", None) == errno.EADDRINUSE:
                    raise
            for host in self.ends:
                for port in list(host.ports):
                    port.close()

    def _call(self, provider, number):
        shift = 2 * (number % 500)
        talk = Talk(Agent(self.ends[0], "anna", 5060 + number % 50), provider,
                    (4000 + shift, 40000 + shift))
        talk.speak()
        return talk

    @staticmethod
    def _talk(talks):
        """Until nothing has come back for a while; then the call is no more."""
        heard = time.monotonic()
        end = heard + SECONDS
        while time.monotonic() < min(heard + 3 * WAIT, end):
            for talk in talks:
                for src, dst in ((talk.one, talk.two), (talk.two, talk.one)):
                    try:
                        src.rtp.send(src.source.packet(), src.peer.rtp)
                        dst.rtp.sock.recv(2048, socket.MSG_DONTWAIT)
                        heard = time.monotonic()
                    except OSError:
                        pass
            time.sleep(0.001)
        for talk in talks:
            talk.call.bye()
