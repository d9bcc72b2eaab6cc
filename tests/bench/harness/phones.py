# SPDX-License-Identifier: GPL-2.0-or-later
"""Many phones behind one socket, which remember what the server has acknowledged.

sipp keeps a call for each message; this keeps a number, and can register a million.
"""
import select
import socket
import time

from harness.sipserver import PORT
from harness.table import Failed

WINDOW = 1024       # requests without an answer
AGAIN_S = 0.5       # until one is sent again
SILENCE_S = 10      # until nobody is there any more

REQUEST = ("REGISTER sip:example.net SIP/2.0\r\n"
           "Via: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK{cseq}-{user}\r\n"
           "Max-Forwards: 70\r\n"
           "From: <sip:user{user}@example.net>;tag={user}\r\n"
           "To: <sip:user{user}@example.net>\r\n"
           "Call-ID: {user}-3c26700c1adb-a7f2c1@192.0.2.17\r\n"
           "CSeq: {cseq} REGISTER\r\n"
           "User-Agent: phone 10.1.46.16 0004132a1b2c\r\n"
           "{contact}"
           "Content-Length: 0\r\n\r\n")
CONTACT = ("Contact: <sip:user{user}@127.0.0.1:{port};line=q4xkv1s2>\r\n"
           "Expires: 3600\r\n")


class Phones:
    """`acknowledged`: users whose registration was answered with 200."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.connect(("127.0.0.1", PORT))
        self.port = self.socket.getsockname()[1]
        self.acknowledged, self.refused = set(), 0

    def close(self):
        self.socket.close()

    def _send(self, user, cseq, contact):
        text = REQUEST.format(user=user, cseq=cseq, port=self.port,
                              contact=CONTACT.format(user=user, port=self.port) if contact else "")
        try:
            self.socket.send(text.encode())
        except ConnectionRefusedError:
            self.refused += 1

    def _answers(self, wait):
        """Messages that are there, or come within `wait` seconds."""
        select.select([self.socket], [], [], wait)
        while True:
            try:
                yield self.socket.recv(65535, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return
            except ConnectionRefusedError:
                self.refused += 1

    @staticmethod
    def _user(answer):
        begin = answer.index(b"\r\nCall-ID: ") + 11
        return int(answer[begin:answer.index(b"-", begin)])

    def ask(self, users, cseq, contact):
        """Each of `users` once; the answers that were 200, as {user: answer}."""
        waiting, good, heard = {}, {}, time.monotonic()
        looked = heard
        todo = iter(users)
        more = True
        while more or waiting:
            while more and len(waiting) < WINDOW:
                user = next(todo, None)
                if user is None:
                    more = False
                    break
                waiting[user] = time.monotonic()
                self._send(user, cseq, contact)
            for answer in self._answers(0.05):
                user = self._user(answer)
                if user in waiting and answer.startswith(b"SIP/2.0 200 "):
                    del waiting[user]
                    good[user] = answer if not contact else b""
                heard = time.monotonic()
            now = time.monotonic()
            if now - heard > SILENCE_S:
                raise Failed(f"{len(waiting)} registrations are not answered")
            if now - looked < AGAIN_S / 4:
                continue
            looked = now
            for user, since in list(waiting.items()):
                if now - since > AGAIN_S:
                    waiting[user] = now
                    self._send(user, cseq, contact)
        return good

    def bound(self, user, answer):
        """Does the answer to a question name the contact that was registered?"""
        return f"<sip:user{user}@127.0.0.1:{self.port};".encode() in answer

    def pour(self, first, rate, seconds):
        """New users at a rate, whether they are answered or not."""
        begin, sent = time.monotonic(), 0
        while (passed := time.monotonic() - begin) < seconds:
            while sent < passed * rate:
                self._send(first + sent, 1, True)
                sent += 1
            self.listen(0.001)
        return sent

    def listen(self, wait):
        """Take note of what is acknowledged."""
        for answer in self._answers(wait):
            if answer.startswith(b"SIP/2.0 200 "):
                self.acknowledged.add(self._user(answer))
