"""Landlock by ctypes: the process keeps the right to read a few folders and nothing else (Linux 5.13 and later).

Numbers and structures: include/uapi/linux/landlock.h. The three system calls have one number on every architecture.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

assert sys.platform != "win32"  # for the type checker: the rest exists on one system only

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_GET_VERSION = 1
_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# Rights known to each ABI: 13 at first, then refer (2), truncate (3), ioctl on devices (5).
_FS_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_NET_RIGHTS = 0b11  # bind and connect of TCP, from ABI 4
_SCOPES = 0b11  # abstract sockets and signals outside the domain, from ABI 6


class _Ruleset(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("rights", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def abi() -> int:
    """Version the kernel offers; 0 when Landlock is absent or switched off."""
    version = _libc().syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_GET_VERSION))
    return max(0, int(version))


def restrict(readable: Iterable[Path]) -> bool:
    """Give up every right on files except reading below `readable`; also TCP. False when the kernel cannot."""
    version = abi()
    if not version:
        return False
    libc = _libc()
    rules = _Ruleset(fs=(1 << _FS_RIGHTS[min(version, 5)]) - 1)
    size = 8
    if version >= 4:
        rules.net, size = _NET_RIGHTS, 16
    if version >= 6:
        rules.scoped, size = _SCOPES, 24
    ruleset = libc.syscall(_CREATE, ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint32(0))
    if ruleset < 0:
        return False
    try:
        for path in readable:
            if not _allow(libc, ruleset, path):
                return False
        return int(libc.syscall(_RESTRICT, ruleset, ctypes.c_uint32(0))) == 0
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path) -> bool:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return True  # a folder that is not there needs no right
    try:
        rights = _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE
        beneath = _PathBeneath(rights=rights, folder=fd)
        done = libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(beneath), ctypes.c_uint32(0))
        return int(done) == 0
    finally:
        os.close(fd)


def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc
