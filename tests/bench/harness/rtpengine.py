# SPDX-License-Identifier: GPL-2.0-or-later
"""In a guest: rtpengine, its kernel module, and calls that it relays.

The daemon is asked by its "ng" protocol: a cookie and a bencoded dictionary in a
datagram.
"""
import itertools
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

from .media import GATEWAY, GATEWAY_PORTS, PHONE, PHONE_PORTS, PUBLIC, MediaRouter
from .router import ROOT

TABLE = 0
CONTROL = ("127.0.0.1", 2223)
LIST = Path(f"/proc/rtpengine/{TABLE}/list")


def bencode(value):
    if isinstance(value, dict):
        return b"d" + b"".join(bencode(k) + bencode(v) for k, v in sorted(value.items())) + b"e"
    if isinstance(value, list):
        return b"l" + b"".join(map(bencode, value)) + b"e"
    if isinstance(value, int):
        return b"i%de" % value
    data = value if isinstance(value, bytes) else value.encode()
    return b"%d:%s" % (len(data), data)


def bdecode(data, at=0):
    """(value, where it ends); a dictionary's keys are str, texts are bytes."""
    if data[at:at + 1] in (b"d", b"l"):
        items, where = [], at + 1
        while data[where:where + 1] != b"e":
            item, where = bdecode(data, where)
            items.append(item)
        if data[at:at + 1] == b"d":
            items = {key.decode(): value for key, value in zip(items[::2], items[1::2])}
        return items, where + 1
    if data[at:at + 1] == b"i":
        end = data.index(b"e", at)
        return int(data[at + 1:end]), end + 1
    colon = data.index(b":", at)
    end = colon + 1 + int(data[at:colon])
    return data[colon + 1:end], end


def description(addr, port):
    return (f"v=0\r\no=- 1 1 IN IP4 {addr}\r\ns=-\r\nc=IN IP4 {addr}\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n")


def media(sdp):
    """Where a description wants its audio: (address, port)."""
    text = sdp.decode()
    return re.search(r"c=IN IP4 (\S+)", text)[1], int(re.search(r"m=audio (\d+)", text)[1])


class Daemon:
    """rtpengine between two addresses of a host."""

    def __init__(self, host, inside, outside):
        self.cookies = itertools.count()
        if not LIST.parent.parent.is_dir():
            module = ROOT / "build/bench/rtpengine/xt_RTPENGINE.ko"
            subprocess.run(["insmod", module], check=True)
        with host:
            self.job = subprocess.Popen(        # pylint: disable=consider-using-with
                ["rtpengine", "--foreground", "--log-stderr", "--log-level=4", "--no-fallback",
                 "--config-file=none", f"--table={TABLE}", "--num-threads=1",
                 f"--interface=in/{inside}", f"--interface=out/{outside}",
                 f"--listen-ng={CONTROL[0]}:{CONTROL[1]}"],
                stdin=subprocess.DEVNULL, stdout=sys.stderr)
            self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.connect(CONTROL)
        # The one rule that it wants, in the place that it wants it.
        host.run("iptables-legacy", "-A", "INPUT", "-p", "udp", "-j", "RTPENGINE",
                 "--id", str(TABLE))
        self.wait()

    def wait(self):
        """Until it answers."""
        for _ in range(100):
            try:
                self.ask(command="ping")
                return
            except OSError:
                time.sleep(0.1)
        sys.exit("bench: rtpengine does not answer")

    def ask(self, **request):
        self.sock.settimeout(2)
        # A cookie that was there already gets the answer that it got then.
        self.sock.send(b"%d " % next(self.cookies) + bencode(request))
        answer, _ = bdecode(self.sock.recv(65536).partition(b" ")[2])
        if answer["result"] not in (b"ok", b"pong"):
            sys.exit(f"bench: rtpengine: {request['command']}: {answer}")
        return answer

    def call(self, phone, provider):
        """Both ends' (address, port); where each of them is to send to."""
        common = {"call-id": "bench", "from-tag": "a", "ICE": "remove",
                  "replace": ["origin", "session-connection"]}
        offer = self.ask(command="offer", direction=["in", "out"], sdp=description(*phone),
                         **common)
        answer = self.ask(command="answer", **{"to-tag": "b"}, sdp=description(*provider),
                          **common)
        return media(answer["sdp"]), media(offer["sdp"])

    @staticmethod
    def counts(local):
        """(packets, errors) of what came to an (address, port) and went on in the kernel."""
        text = LIST.read_text(encoding="ascii")
        found = re.search(rf"local inet4 {re.escape(local[0])}:{local[1]}\n(?:.*\n)*?"
                          r".*stats: +\d+ bytes, +(\d+) packets, +(\d+) errors", text)
        return tuple(map(int, found.groups())) if found else (0, 0)

    def close(self):
        self.job.terminate()
        self.job.wait()


class Rtpengine(MediaRouter):
    """A relay at the router's own addresses, whose kernel module forwards."""

    name = "rtpengine"

    def __init__(self):
        super().__init__()
        self.daemon = Daemon(self.host, "192.168.1.1", PUBLIC)
        self.local, outside = self.daemon.call((PHONE, PHONE_PORTS), (GATEWAY, GATEWAY_PORTS))
        self.flows = self.write_flows([(PHONE, PHONE_PORTS, *self.local)])
        self.outside = self.write_flows([(GATEWAY, GATEWAY_PORTS, *outside)])

    def replies(self):
        return self.outside

    def settle(self):
        """Its kernel module takes over some seconds later."""
        for _ in range(2):
            super().settle()
        if not self.counted():
            sys.exit("bench: rtpengine: its kernel module has forwarded nothing")

    def counted(self):
        packets, errors = self.daemon.counts(self.local)
        if errors:
            sys.exit(f"bench: rtpengine: {errors} errors")
        return packets

    def close(self):
        self.daemon.close()
