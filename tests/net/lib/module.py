# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel module itself: away with it, and what it leaves."""
import ctypes
import os
import time

NAME = b"nf_sipfast"
SYS_DELETE_MODULE = 176         # x86_64
_libc = ctypes.CDLL(None, use_errno=True)


def remove():
    """rmmod; False while somebody uses it."""
    return _libc.syscall(SYS_DELETE_MODULE, NAME, os.O_NONBLOCK) == 0


def memory():
    """kB that the kernel holds and cannot give back."""
    time.sleep(0.2)             # RCU and the work queues give back theirs
    wanted = ("SUnreclaim:", "VmallocUsed:", "Percpu:", "KernelStack:")
    with open("/proc/meminfo", encoding="ascii") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith(wanted))
