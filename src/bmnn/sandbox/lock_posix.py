"""What the worker takes away from itself on Linux (and, as far as it goes, on other Unix systems)."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

from bmnn.sandbox import landlock, seccomp

assert sys.platform != "win32"  # for the type checker: the rest exists on one system only

NO_FILES = 48
"""Descriptors the worker may hold: the channel, the files of one call, libraries being loaded."""


def lock(readable: Iterable[Path], memory: int) -> None:
    """Budgets first, then files, then system calls; what cannot be set is found by the self-test that follows."""
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, NO_FILES),
        # Private memory is the budget; libraries mapped so far come on top of the address space only.
        (resource.RLIMIT_DATA, memory - memory // 8),
        (resource.RLIMIT_AS, memory + _mapped()),
    ):
        _lower(kind, most)
    os.umask(0o777)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if sys.platform == "linux":
        landlock.restrict(readable)
        seccomp.restrict()


def allow_cpu(seconds: int) -> None:
    """From now on this process may compute for `seconds` more; then the kernel ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def threads() -> int:
    """Threads of this process: those that live when the lock closes may be outside it. 1 when it cannot be told."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1


class Resident:
    """Resident memory of this process, also after files are out of reach: the descriptor is opened before."""

    def __init__(self) -> None:
        """Open the kernel's account of this process, where there is one."""
        try:
            self._fd = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self._fd = -1

    def bytes(self) -> int:
        """Bytes now; where the kernel keeps no account, the peak so far."""
        if self._fd >= 0:
            return int(os.pread(self._fd, 100, 0).split()[1]) * resource.getpagesize()
        scale = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale


def _mapped() -> int:
    """Address space in use now; 0 when the kernel does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _lower(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(kind, (most, most))
