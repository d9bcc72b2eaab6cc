# SPDX-License-Identifier: GPL-2.0-or-later
"""Networks beside the one of world.alone(), which is a router."""
import atexit
import os
import subprocess

# Whatever comes from where it should not, does, as elsewhere in the world.
ANYWHERE = ['sysctl', '-qw', 'net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.default.rp_filter=0']


class Space:
    """A network namespace; it ends with us."""
    def __init__(self):
        self.holder = subprocess.Popen(['unshare', '-n', 'cat'], stdin=subprocess.PIPE,
                                       stdout=subprocess.DEVNULL)
        self.started = []
        atexit.register(self.gone)
        self.net = f'/proc/{self.holder.pid}/ns/net'
        while os.readlink(self.net) == os.readlink('/proc/self/ns/net'):
            assert self.holder.poll() is None
        self.run('ip', 'link', 'set', 'lo', 'up')
        self.run(*ANYWHERE, 'net.ipv4.ip_forward=1')

    def inside(self, *args):
        """A command that runs there."""
        return ['nsenter', f'--net={self.net}', *map(str, args)]

    def run(self, *args):
        return run(*self.inside(*args))

    def start(self, *args, **more):
        """What runs when we end, ends with us."""
        process = subprocess.Popen(self.inside(*args), stdin=subprocess.DEVNULL, **more)
        self.started.append(process)
        return process

    def gone(self):
        for process in self.started:
            process.kill()
            process.wait()
        self.holder.stdin.close()
        self.holder.wait()


def run(*args):
    return subprocess.run([*map(str, args)], check=True, text=True, timeout=60,
                          stdin=subprocess.DEVNULL, capture_output=True).stdout


def link(router, name, address, space, peer):
    """From a space, or None for the one we are in, to another, whose default it is."""
    here = router.run if router else run
    here('ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns',
         space.holder.pid)
    here('ip', 'addr', 'add', address, 'dev', name)
    here('ip', 'link', 'set', name, 'up')
    space.run('ip', 'addr', 'add', peer, 'dev', 'eth0')
    space.run('ip', 'link', 'set', 'eth0', 'up')
    space.run('ip', 'route', 'add', 'default', 'via', address.split('/')[0])
