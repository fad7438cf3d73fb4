"""Seccomp by ctypes: a list of permitted system calls as a BPF program, everything else answers "not permitted".

No library is needed: the filter is a few hundred 8-byte instructions (include/uapi/linux/filter.h, seccomp.h).
Threads may be made (some parsers keep a pool), processes may not: `clone` passes only with CLONE_THREAD and `clone3`,
whose flags a filter cannot see, answers ENOSYS so that the C library falls back to `clone`. Opening is for reading.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

assert sys.platform != "win32"  # for the type checker: the rest exists on one system only

_PR_SET_NO_NEW_PRIVS, _SET_MODE_FILTER, _TSYNC = 38, 1, 1
_LOAD, _JEQ, _JSET, _RET = 0x20, 0x15, 0x45, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NR, _ARCH, _ARGS = 0, 4, 16
_CLONE_THREAD = 0x00010000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# Name → numbers on x86_64 and aarch64 (None: the call does not exist there). Hot calls first.
_PLAIN: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63), "futex": (202, 98), "mmap": (9, 222), "munmap": (11, 215), "mprotect": (10, 226),
    "brk": (12, 214), "lseek": (8, 62), "fstat": (5, 80), "newfstatat": (262, 79), "close": (3, 57),
    "madvise": (28, 233), "mremap": (25, 216), "write": (1, 64), "pread64": (17, 67), "readv": (19, 65),
    "preadv": (295, 69), "writev": (20, 66), "sendto": (44, 206), "recvfrom": (45, 207), "sendmsg": (46, 211),
    "recvmsg": (47, 212), "poll": (7, None), "ppoll": (271, 73), "select": (23, None), "pselect6": (270, 72),
    "stat": (4, None), "lstat": (6, None), "statx": (332, 291), "access": (21, None), "faccessat": (269, 48),
    "faccessat2": (439, 439), "readlink": (89, None), "readlinkat": (267, 78), "getdents64": (217, 61),
    "getcwd": (79, 17), "fcntl": (72, 25), "dup": (32, 23), "rt_sigaction": (13, 134), "fadvise64": (221, 223),
    "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "sigaltstack": (131, 132), "exit": (60, 93),
    "exit_group": (231, 94), "set_robust_list": (273, 99), "get_robust_list": (274, 100), "rseq": (334, 293),
    "set_tid_address": (218, 96), "gettid": (186, 178), "getpid": (39, 172), "getppid": (110, 173),
    "getuid": (102, 174), "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177),
    "getrusage": (98, 165), "times": (100, 153), "clock_gettime": (228, 113), "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115), "nanosleep": (35, 101), "gettimeofday": (96, 169), "time": (201, None),
    "getrandom": (318, 278), "uname": (63, 160), "sysinfo": (99, 179), "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123), "getcpu": (309, 168), "membarrier": (324, 283), "restart_syscall": (219, 128),
}  # fmt: skip
_OWN_PROCESS: dict[str, tuple[int, int]] = {"tgkill": (234, 131), "prlimit64": (302, 261)}
_CLONE, _CLONE3, _OPENAT, _OPENAT2, _OPEN = (56, 220), (435, 435), (257, 56), (437, 437), (2, None)
_ARCHITECTURES = {"x86_64": (0, 0xC000003E, 317), "aarch64": (1, 0xC00000B7, 277)}


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def _op(code: int, k: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, k)


def _answer(number: int) -> bytes:
    return _op(_RET, _ERRNO | number)


def program(machine: str) -> bytes | None:
    """The filter for this kind of machine; None when its system call numbers are not in the table."""
    if machine not in _ARCHITECTURES:
        return None
    column, audit, _ = _ARCHITECTURES[machine]
    ops = [_op(_LOAD, _ARCH), _op(_JEQ, audit, 1, 0), _op(_RET, _KILL), _op(_LOAD, _NR)]
    for numbers in _PLAIN.values():
        number = numbers[column]
        if number is not None:
            ops += [_op(_JEQ, number, 0, 1), _op(_RET, _ALLOW)]
    for pair in _OWN_PROCESS.values():
        # First argument: 0 (myself) or my own process.
        body = [_op(_LOAD, _ARGS), _op(_JEQ, 0, 1), _op(_JEQ, os.getpid(), 0, 1), _op(_RET, _ALLOW)]
        ops += _when(pair[column], [*body, _answer(errno.EPERM)])
    ops += _when(_CLONE[column], [_op(_LOAD, _ARGS), _op(_JSET, _CLONE_THREAD, 0, 1), _op(_RET, _ALLOW),
                                  _answer(errno.EPERM)])  # fmt: skip
    ops += _when(_CLONE3[column], [_answer(errno.ENOSYS)])
    ops += _when(_OPENAT2[column], [_answer(errno.ENOSYS)])
    for number, flags in ((_OPENAT[column], 2), (_OPEN[column], 1)):
        if number is not None:
            ops += _when(number, [_op(_LOAD, _ARGS + 8 * flags), _op(_JSET, _WRITING, 1), _op(_RET, _ALLOW),
                                  _answer(errno.EACCES)])  # fmt: skip
    ops.append(_answer(errno.EPERM))
    return b"".join(ops)


def _when(number: int, body: list[bytes]) -> list[bytes]:
    """`body` for this call number; it must end in an answer, for it overwrites the loaded number."""
    return [_op(_JEQ, number, 0, len(body)), *body]


def restrict() -> bool:
    """Put the filter on all threads of this process for good. False when the kernel or the machine cannot."""
    code = program(platform.machine())
    if code is None:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    buffer = ctypes.create_string_buffer(code, len(code))
    rules = _Program(length=len(code) // 8, filter=ctypes.addressof(buffer))
    number = _ARCHITECTURES[platform.machine()][2]
    done = libc.syscall(number, _SET_MODE_FILTER, ctypes.c_uint32(_TSYNC), ctypes.byref(rules))
    return int(done) == 0
