# SPDX-License-Identifier: GPL-2.0-or-later
"""What a handshake costs that goes on with a session, to what a full one costs.

Both are followed by two line ends and the answer to them, and by nothing else. TLS 1.2
goes on without a key exchange. TLS 1.3 has one each time, which is why less is saved
there: what OpenSSL alone takes (tls_accept.c) is told, too.
"""
import os

from harness.guest import say
from harness.parts import tell
from harness.table import Failed, Row, Value
from harness.tlsserver import VERSIONS, Bare, TlsKamailio, TlsSipfastd, cost, once

ROUNDS = int(os.environ.get("ROUNDS", "5"))
COUNT = 2000
TARGET = 1 / 5


def both(kind, version):
    with kind([]) as server:
        once(version, 200, "ping")
        full, _ = cost(server, version, COUNT, "ping")
        micros, resumed = cost(server, version, COUNT, "resume")
    tell(f"full-{version}", server.name, full)
    tell(f"resumed-{version}", server.name, micros)
    tell(f"share-{version}", server.name, resumed / (COUNT - 1))


def guest():
    for number in range(ROUNDS):
        say(f"bench: tls: resumed, round {number + 1} of {ROUNDS}")
        for kind in (TlsSipfastd, Bare, TlsKamailio):
            for version in VERSIONS:
                both(kind, version)


def rows(found):
    lines = []
    for version in VERSIONS:
        for name in ("sipfastd", "OpenSSL", "Kamailio"):
            full, micros, share = (Value(found[f"{what}-{version}", name])
                                   for what in ("full", "resumed", "share"))
            say(f"bench: tls: {name}: TLS {version}: full {full} µs, {100 * share.median:.0f} % "
                f"resumed {micros} µs")
        if min(found[f"share-{version}", "sipfastd"]) < 1:
            raise Failed(f"not every session of TLS {version} was resumed")
        lines.append(Row(f"tls/resumed-{version}", "µs CPU",
                         Value(found[f"resumed-{version}", "sipfastd"]), "full",
                         Value(found[f"full-{version}", "sipfastd"]), TARGET))
    return lines
