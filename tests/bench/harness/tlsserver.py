# SPDX-License-Identifier: GPL-2.0-or-later
"""Servers that speak TLS with one certificate, and what connects to them.

The certificate is RSA-2048. tls_load.c chooses version and suite: servers take them.
"""
import socket
import ssl
import subprocess
import time

from harness.sipserver import PORT, ROOT, Kamailio, Server, Sipfastd
from harness.table import Failed

TLS_PORT = PORT + 1
VERSIONS = ("1.2", "1.3")
MANY = 1000000
# In a fifth of a second; less than that a server takes that has nothing to do.
TICKS_NS = 2000000
# No server is to be held up by a limit of its own.
LIMITS = f"""
limits {{
	connections = {MANY}
	connections-per-source = {MANY}
	half-open = {MANY}
	half-open-per-source = {MANY}
	handshakes = {MANY}
	handshakes-per-source = {MANY}
}}
"""


def certify(directory):
    """A new certificate and its key, put where the old ones may be in use."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-sha256",
                    "-days", "30", "-subj", "/CN=example.net", "-keyout", "new.key",
                    "-out", "new.crt"], check=True, cwd=directory, capture_output=True)
    (directory / "new.key").chmod(0o640)
    for name in ("key", "crt"):
        (directory / f"new.{name}").rename(directory / f"bench.{name}")


def shown():
    """The certificate that a new connection gets to see."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", TLS_PORT), timeout=20) as sock, \
            context.wrap_socket(sock) as line:
        return line.getpeercert(True)


class TlsSipfastd(Sipfastd):
    """Ours, on TLS."""

    def prepare(self):
        certify(self.dir)
        super().prepare()
        conf = self.dir / "conf"
        text = conf.read_text(encoding="utf-8").replace(
            f'"udp:127.0.0.1:{PORT}"', f'"udp:127.0.0.1:{PORT}", "tls:127.0.0.1:{TLS_PORT}"')
        conf.write_text(text + LIMITS + f"""
tls bench {{
	certificate = {{"{self.dir}/bench.crt"}}
	key = {{"{self.dir}/bench.key"}}
}}
""", encoding="utf-8")


class TlsKamailio(Kamailio):
    """Debian's, on TLS."""

    def prepare(self):
        certify(self.dir)
        super().prepare()
        cfg = self.dir / "cfg"
        cfg.write_text(cfg.read_text(encoding="utf-8").replace("BENCH_TLS", f"{self.dir}/bench"),
                       encoding="utf-8")

    def command(self):
        words = super().command()
        # OpenSSL gets its memory from the pool that all processes share.
        words[words.index("-m") + 1] = "4096"
        # Several that take what comes on TCP corrupt OpenSSL's memory, in this version;
        # there are two processes with this one, as we have two threads.
        return words + ["-A", "TLS", "-l", f"tls:127.0.0.1:{TLS_PORT}", "-N", "1"]


class Bare(Server):
    """OpenSSL, and next to nothing around it."""

    name = "OpenSSL"

    def __init__(self, users):
        super().__init__(users)
        certify(self.dir)

    def command(self):
        return [ROOT / "build/bench/tls_accept", str(TLS_PORT), self.dir / "bench.crt",
                self.dir / "bench.key", str(self.workers)]

    def await_answer(self):
        for _ in range(100):
            try:
                shown()
                return
            except OSError:
                time.sleep(0.1)
        raise Failed(f"{self.name} does not answer")


class Phones:
    """tls_load, and what it says; with `hold` they stay until close()."""

    def __init__(self, version, count, what):
        self.count = count
        self.process = subprocess.Popen(
            [ROOT / "build/bench/tls_load", str(TLS_PORT), version, str(count), what],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def result(self):
        """Those that were answered, and resumed, of a round, and those lost so far."""
        line = self.process.stdout.readline()
        if not line:
            raise Failed("the phones on TLS have left")
        return tuple(map(int, line.split()))

    def again(self):
        """All that are left register once more."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.result()

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def once(version, count, what):
    """A round of phones that do not stay; all of them have to be answered."""
    with Phones(version, count, what) as phones:
        answered, resumed, lost = phones.result()
    if answered != count:
        raise Failed(f"{answered} of {count} were answered, {lost} lost")
    return resumed


def settled(server):
    """Its processor time when it has done with what it was told last."""
    now, before = server.cpu(), 0
    while now - before > TICKS_NS:
        time.sleep(0.2)
        now, before = server.cpu(), now
    return now


def cost(server, version, count, what):
    """Microseconds of processor time for each of `count`, and how many were resumed."""
    before = settled(server)
    resumed = once(version, count, what)
    return (settled(server) - before) / 1000 / count, resumed
