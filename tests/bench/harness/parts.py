# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows of several parts, a file each, that run in a network namespace of their own.

A part has guest(), which measures inside the namespace and says what it found by
tell(), and rows(found), which makes lines of that outside. It is a module of a package
that is named like its row.
"""
import importlib
import json
import shutil
import subprocess
import sys

from harness.guest import say
from harness.sipserver import ROOT
from harness.table import Failed

TOOLS = ("kamailio", "sipp", "sipsak", "unshare", "ip", "openssl")
# Seconds for each part: the machine may be slow, but not stuck.
PATIENCE = 1800


def tell(what, server, value):
    """One sample, or what was counted, for rows()."""
    print(json.dumps([what, server, value]), flush=True)


def load(row, part):
    return importlib.import_module(f"{row}.{part}")


def run(row, part):
    """What a part has found: {(what, server): [values]}"""
    # With the first process of the namespace all others end, whatever happens.
    command = ["timeout", str(PATIENCE), "unshare", "-n", "-p", "--fork", "--kill-child",
               "--mount-proc", sys.executable, ROOT / "tests/bench/run", "--guest", row, part]
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


def measure(row, parts):
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        raise Failed(f"not installed: {', '.join(missing)}; scripts/setup bench")
    subprocess.run(["make", "-s", "-C", ROOT / "daemon"], check=True, stdout=sys.stderr)
    rows = []
    for part in parts:
        rows += load(row, part).rows(run(row, part))
    return rows


def guest(row, parts):
    """In the namespace: one part."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for part in parts:
        try:
            load(row, part).guest()
        except Failed as error:
            say(f"bench: {row}: {part}: {error}")
            return 1
    return 0
