# SPDX-License-Identifier: GPL-2.0-or-later
"""What a full handshake and a REGISTER cost beyond what OpenSSL takes for the handshake.

Each gets the same connections from tls_load, in turn; a loop that accepts and answers
(tls_accept.c) has the same certificate and suite. A sample is processor time, by the
scheduler's account, of a server and its children, less what that loop took in the round.
"""
import os

from harness.guest import say
from harness.parts import tell
from harness.table import Row, Value
from harness.tlsserver import VERSIONS, Bare, TlsKamailio, TlsSipfastd, cost, once

ROUNDS = int(os.environ.get("ROUNDS", "5"))
COUNT = 2000
TARGET = 1 / 2


def handshake(kind, version):
    with kind([]) as server:
        # Some to fill the caches.
        once(version, 200, "register")
        micros, _ = cost(server, version, COUNT, "register")
    tell(version, server.name, micros)


def guest():
    for number in range(ROUNDS):
        kinds = (TlsSipfastd, Bare, TlsKamailio)
        say(f"bench: tls: handshake, round {number + 1} of {ROUNDS}")
        for kind in kinds if number % 2 else reversed(kinds):
            for version in VERSIONS:
                handshake(kind, version)


def rows(found):
    lines = []
    for version in VERSIONS:
        bare = found[version, "OpenSSL"]
        say(f"bench: tls: TLS {version}: OpenSSL alone takes {Value(bare)} µs")
        ours, peer = (Value([value - less for value, less in zip(found[version, name], bare)])
                      for name in ("sipfastd", "Kamailio"))
        lines.append(Row(f"tls/handshake-{version}", "µs CPU above", ours, "Kamailio", peer,
                         TARGET))
    return lines
