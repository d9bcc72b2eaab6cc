# SPDX-License-Identifier: GPL-2.0-or-later
"""Who calls whom is told to those with CAP_NET_ADMIN in the namespace only.

That holds for reading, for settings, and for each group of notifications; others
get a sentence that says so. Wrong arguments are named, and change nothing.
"""
from lib import check
from lib.ua import Talk, pair

HELPERS = ("sipfast",)

WITHOUT = ("setpriv", "--bounding-set=-net_admin", "--inh-caps=-net_admin")
COMMANDS = ("show", "show calls", "show call 1", "show streams", "show regs", "show config",
            "stats", "set call-limit 7", "monitor -t 0 call", "monitor -t 0 media",
            "monitor -t 0 --sip")
WRONG = {"show nothing": "'show nothing' is unknown", "show call": "'show call' takes one ID",
         "show call 1 2": "'show call' takes one ID", "monitor --diff=1": "takes no value",
         "monitor calls": "there is no group 'calls'", "monitor --text": "--text is unknown",
         "set call-limit many": "call-limit", "set call-timeout 5": "call-timeout"}


def says(net, argv, status, words):
    """The tool ends with this status, and one line that holds these words."""
    script = '"$@" 2>&1 >/dev/null'
    told = net.router.run("sh", "-c", script, "sh", *argv, status=status)
    check.true(words in told and told.count("\n") == 1, f"{' '.join(argv)}: {told!r}")


def run(net):
    talk = Talk(*pair(net))
    talk.speak()
    for command in COMMANDS:
        net.router.run("sipfast", *command.split())
        says(net, (*WITHOUT, "sipfast", *command.split()), 1, "not permitted")
    for command, words in WRONG.items():
        says(net, ("sipfast", *command.split()), None, words)
    check.equal(net.tool("show", "config")["config"]["call_limit"], 7, "call limit")
    talk.call.bye()
    net.nothing_left()
