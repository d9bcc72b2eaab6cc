# SPDX-License-Identifier: GPL-2.0-or-later
"""A ban ends a call that is in the fast path, where no rule sees its packets.

Whom sipfastd bans is in a set before conntrack, and its connections are deleted:
media that it sends begins nothing anew. Other calls go on.
"""
import subprocess
import tempfile
import time
from pathlib import Path

from lib import check, fast, rtp
from lib.topology import RULES
from lib.ua import Talk, pair

PLANS = ("ip4", "ip6", "nat66")
HELPERS = ("sipfast",)
SECONDS = 30

CONF = """
listen = "udp:127.0.0.1:5070"
database = "{0}/db"
control = "{0}/control"
domain example.com {{ authenticate = false anyone = true }}
"""


class Daemon:
    """sipfastd on the router, for its bans."""

    def __init__(self, net):
        self.net, self.dir = net, tempfile.mkdtemp()
        Path(self.dir, "conf").write_text(CONF.format(self.dir), encoding="ascii")
        with net.router:
            subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
            self.process = subprocess.Popen(["sipfastd", "-c", self.dir + "/conf"])
        self.wait(lambda: "listed" in self.ask("stats", "-a") and
                  " 0\n" not in self.line("sets-listed"))

    def ask(self, *args):
        with self.net.router:
            return subprocess.run(["sipfast", "--control", self.dir + "/control", *args],
                                  check=False, text=True, capture_output=True).stdout

    def line(self, name):
        return next((line + "\n" for line in self.ask("stats", "-a").splitlines()
                     if line.startswith(name)), " 0\n")

    def wait(self, what):
        end = time.monotonic() + check.WAIT
        while not what():
            check.true(time.monotonic() < end, "sipfastd is late")
            time.sleep(0.05)

    def close(self):
        self.process.terminate()
        check.equal(self.process.wait(), 0, "how sipfastd ended")


def run(net):
    net.router.run("nft", "-f", str(RULES.with_name("sipfast-sets.nft")))
    daemon = Daemon(net)
    try:
        promoted(net, daemon)
    finally:
        daemon.close()


def promoted(net, daemon):
    phone, provider = pair(net)
    talk = Talk(phone, provider)
    fast.promote(net, talk)
    fast.takes(net, talk)

    # Somebody else's ban is nothing to them; of IPv6 it may be the same /64.
    if net.plan.family == 4:
        daemon.ask("ban", net.stranger.addr, "for", "1h")
        daemon.wait(lambda: not daemon.line("sets-cut").endswith(" 0\n"))
        fast.takes(net, talk)

    before = time.monotonic()
    daemon.ask("ban", net.provider.addr, "for", "1h")
    daemon.wait(lambda: fast.promoted(net) == [False, False])
    check.true(time.monotonic() - before < check.WAIT / 1.5, "it took too long")
    rtp.deaf(talk.two, talk.one, "RTP of who is banned")
    check.equal(fast.promoted(net), [False, False], "promoted after the ban")
