# SPDX-License-Identifier: GPL-2.0-or-later
"""daemon: sipfastd beside Kamailio, with as many workers, against the same sipp.

daemon/register…  processor time of an operation, and daemon/call (cost.py)
daemon/…-rate     the highest rates without loss, as RFC 7502 calls them, and what is
                  left of the last one when four times as much comes (rate.py)
daemon/order      responses in the order in which they were sent (order.py)
daemon/binding…   memory of a binding, and a million of them (bindings.py)
daemon/kept       what was acknowledged outlives kill -9 (kill.py)

PARTS="rate kill" measures some of it.
"""
import importlib
import json
import os
import shutil
import subprocess
import sys

from harness.guest import say
from harness.sipserver import ROOT
from harness.table import Failed

PARTS = os.environ.get("PARTS", "cost rate order bindings kill").split()
TOOLS = ("kamailio", "sipp", "sipsak", "unshare", "ip")
# Seconds for each part: the machine may be slow, but not stuck.
PATIENCE = 900


def load(part):
    return importlib.import_module(f"daemon.{part}")


def run(part):
    """What a part has found: {(what, server): [values]}"""
    # With the first process of the namespace all others end, whatever happens.
    command = ["timeout", str(PATIENCE), "unshare", "-n", "-p", "--fork", "--kill-child",
               "--mount-proc", sys.executable, ROOT / "tests/bench/run", "--guest", "daemon", part]
    out = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if out.returncode == 124:
        raise Failed(f"{part}: not done after {PATIENCE} s")
    if out.returncode:
        raise Failed(f"{part}: the measurement broke off")
    found = {}
    for line in out.stdout.decode().splitlines():
        what, server, value = json.loads(line)
        found.setdefault((what, server), []).append(value)
    return found


def measure():
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        raise Failed(f"not installed: {', '.join(missing)}; scripts/setup bench")
    subprocess.run(["make", "-s", "-C", ROOT / "daemon"], check=True, stdout=sys.stderr)
    rows = []
    for part in PARTS:
        rows += load(part).rows(run(part))
    return rows


def guest(arguments):
    """In the namespace: one part."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for part in arguments:
        try:
            load(part).guest()
        except Failed as error:
            say(f"bench: daemon: {part}: {error}")
            return 1
    return 0
