# SPDX-License-Identifier: GPL-2.0-or-later
"""A sipfastd with several workers in a network namespace of its own, and cases."""
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
TREE = {'plain': 'build', 'asan': 'build/asan', 'tsan': 'build/tsan', 'valgrind': 'build'}
VALGRIND = ['valgrind', '--quiet', '--leak-check=full', '--show-leak-kinds=definite',
            '--errors-for-leak-kinds=definite', '--error-exitcode=99', '--fair-sched=yes',
            f'--suppressions={TOP}/tests/live/valgrind.supp']
# Of what a sanitizer, valgrind or the C library says.
REPORTS = ('ERROR: ', 'WARNING: ThreadSanitizer', 'runtime error', '==', '*** ')
AT = ('127.0.0.1', 5060)
NOBODY = 65534

CONF = """
listen = {"udp:127.0.0.1", "tcp:127.0.0.1"}
workers = 4
log = warning
database = "%(dir)s/db"
control = "%(dir)s/control"
domain home.arpa { algorithms = {MD5} }
domain open.home.arpa { authenticate = false anyone = true }
"""


def alone():
    """Go on in a network of one's own, where every address of 127/8 is free."""
    if 'SIPFAST_ALONE' not in os.environ:
        os.environ['SIPFAST_ALONE'] = '1'
        os.execvp('unshare', ['unshare', '-n', 'sh', '-c', 'ip link set lo up && exec "$@"',
                              'sh', sys.executable, *sys.argv])


def secret(user):
    return f'violet-{user}-ladder'


def until(what, seconds):
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        time.sleep(0.05)
    return what()


class Server:
    def __init__(self, flavour, users, secrets=None, group=None, more='',
                 host=AT[0]):
        """With a group, it is nobody in particular, and a member of that; more lines of conf."""
        self.at = (host, AT[1])
        self.tree = TOP / TREE[flavour]
        # Valgrind runs one thread at a time, thirty times as slowly.
        self.slow = flavour == 'valgrind'
        self.dir = tempfile.mkdtemp(prefix='sipfast-live-')
        self.conf = self.dir + '/conf'
        conf = CONF.replace(AT[0], host) % {'dir': self.dir}
        Path(self.conf).write_text(conf + more, encoding='ascii')
        for user in users:
            word = (secrets or {}).get(user, secret(user))
            self.tool('user', 'add', '-d', self.dir + '/db', user + '@home.arpa', input=word + '\n')
        self.log = open(self.dir + '/log', 'wb')
        program, self.who = str(self.tree / 'sipfastd'), {}
        if group:
            # The tree may be where nobody else gets to.
            program = shutil.copy(program, self.dir)
            for name in (self.dir, *map(str, Path(self.dir).iterdir())):
                os.chown(name, NOBODY, NOBODY)
            self.who = {'user': NOBODY, 'group': NOBODY, 'extra_groups': [group]}
        self.command = (VALGRIND if self.slow else []) + [program, '-c', self.conf]
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stderr=self.log, **self.who)
        assert until(lambda: self.listens() or not self.runs(), 30)

    def crash(self):
        """And the next one begins."""
        self.process.kill()
        self.process.wait()
        self.start()

    def runs(self):
        return self.process.poll() is None

    def listens(self):
        """Its last socket is open: the control socket is its first."""
        try:
            socket.create_connection(self.at, timeout=5).close()
            return os.path.exists(self.dir + '/control')
        except ConnectionError:
            return False

    def tool(self, *args, **more):
        return subprocess.run([self.tree / 'sipfast', *args], check=True, text=True, timeout=60,
                              capture_output=True, **more).stdout

    def ask(self, *args):
        return self.tool('--control', self.dir + '/control', *args)

    def reload(self):
        self.process.send_signal(signal.SIGHUP)

    def said(self):
        return Path(self.dir, 'log').read_text(encoding='utf-8', errors='replace')

    def ended(self, seconds=30):
        """It ends by itself now, with nothing to complain about."""
        status = self.process.wait(seconds * (4 if self.slow else 1))
        said = self.said()
        assert status == 0 and not any(word in said for word in REPORTS), (status, said[-6000:])

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.ended()

    def gone(self):
        if self.runs():
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.dir)


def judge(name, cases, server):
    """Cases are functions of the server; one line PASS or FAIL for each."""
    failed = 0
    for case in cases:
        try:
            reason = case(server)
            print(f'SKIP {name}/{case.__name__} {reason}' if reason else
                  f'PASS {name}/{case.__name__}')
        except Exception:  # pylint: disable=broad-except
            traceback.print_exc(file=sys.stdout)
            print(f'FAIL {name}/{case.__name__}')
            failed += 1
        sys.stdout.flush()
        if not server.runs() and case is not cases[-1]:
            print(f'FAIL {name}/died')
            failed += 1
            break
    if failed:
        print(server.said()[-6000:])
    server.gone()
    sys.exit(1 if failed else 0)
