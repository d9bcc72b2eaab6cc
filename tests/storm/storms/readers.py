# SPDX-License-Identifier: GPL-2.0-or-later
"""show, stats and monitors, among them one that never reads what it is told."""
import subprocess

import scale
from lib import check
from traffic import Traffic


def run(net):
    monitors = []
    with net.router:
        for out in (subprocess.DEVNULL, subprocess.DEVNULL, subprocess.PIPE):
            # pylint: disable=consider-using-with
            monitors.append(subprocess.Popen(["sipfast", "-j", "monitor"], stdout=out,
                                             stderr=subprocess.DEVNULL))
    try:
        with Traffic(net) as traffic, Traffic(net, "phone2", "provider2") as other:
            for count in scale.rounds():
                net.tool(*(("show",), ("stats",), ("show", "streams"), ("show", "config"),
                           ("show", "regs"))[count % 5])
                if count % 10 == 5:
                    net.unload()
                    net.load()
            check.true(traffic.calls and other.calls, "calls meanwhile")
    finally:
        for monitor in monitors:
            monitor.kill()
            monitor.wait()
