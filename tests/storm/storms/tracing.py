# SPDX-License-Identifier: GPL-2.0-or-later
"""The module is unloaded while its tracepoints are on and being read."""
import os
from pathlib import Path

import scale
from lib import check, module
from traffic import Traffic

TRACING = Path("/sys/kernel/tracing")
SECONDS = 120


def run(net):
    pipe = os.open(TRACING / "trace_pipe", os.O_RDONLY | os.O_NONBLOCK)
    seen = 0
    with Traffic(net) as traffic:
        for count in range(scale.number("TRACED_LOADS", 5, 30)):
            (TRACING / "events/sipfast/enable").write_text("1", encoding="ascii")
            before = traffic.calls
            check.until(lambda: traffic.calls > before, "calls in between", 30)
            try:
                seen += len(os.read(pipe, 1 << 16))
            except BlockingIOError:
                pass
            net.unload()
            check.until(module.remove, f"unload number {count}", 30)
            net.load()
    os.close(pipe)
    check.true(seen, "nothing was traced")
