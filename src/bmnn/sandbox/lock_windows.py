"""What the worker takes away from itself on Windows: it drops to low integrity and may start no child.

Memory, the number of processes and the end with the parent are the job object's work (channel_windows). There is no
equal of seccomp or Landlock: network and reading are not taken away. Checked by types only; see channel_windows.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable
from ctypes import wintypes
from pathlib import Path

assert sys.platform == "win32"  # for the type checker: the rest exists on one system only

_TOKEN_ADJUST_DEFAULT, _TOKEN_QUERY, _TOKEN_INTEGRITY, _GROUP_INTEGRITY = 0x80, 0x8, 25, 0x20
_LOW = "S-1-16-4096"
_CHILD_PROCESS_POLICY = 13


class _SidAndAttributes(ctypes.Structure):
    _fields_ = [("sid", ctypes.c_void_p), ("attributes", wintypes.DWORD)]


class _Counters(ctypes.Structure):
    _fields_ = [("size", wintypes.DWORD), ("faults", wintypes.DWORD)] + [
        (name, ctypes.c_size_t)
        for name in (
            "peak_set",
            "set",
            "peak_paged",
            "paged",
            "peak_pool",
            "pool",
            "pagefile",
            "peak_pagefile",
        )
    ]


def lock(readable: Iterable[Path], memory: int) -> None:
    """Low integrity (most places of the user can no longer be written) and no child processes."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    policy = wintypes.DWORD(1)
    kernel.SetProcessMitigationPolicy(_CHILD_PROCESS_POLICY, ctypes.byref(policy), ctypes.sizeof(policy))
    _low_integrity(kernel)


def _low_integrity(kernel: ctypes.WinDLL) -> None:
    advapi = ctypes.WinDLL("advapi32", use_last_error=True)
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    advapi.OpenProcessToken.argtypes = [wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE)]
    advapi.ConvertStringSidToSidW.argtypes = [wintypes.LPCWSTR, ctypes.POINTER(ctypes.c_void_p)]
    advapi.SetTokenInformation.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
    token, sid = wintypes.HANDLE(), ctypes.c_void_p()
    rights = _TOKEN_ADJUST_DEFAULT | _TOKEN_QUERY
    if not advapi.OpenProcessToken(kernel.GetCurrentProcess(), rights, ctypes.byref(token)):
        return
    if advapi.ConvertStringSidToSidW(_LOW, ctypes.byref(sid)):
        label = _SidAndAttributes(sid=sid, attributes=_GROUP_INTEGRITY)
        advapi.SetTokenInformation(token, _TOKEN_INTEGRITY, ctypes.byref(label), ctypes.sizeof(label))
    kernel.CloseHandle(token)


def allow_cpu(seconds: int) -> None:
    """Nothing here: the parent's clock ends a call on Windows."""


def threads() -> int:
    """One: the job object and the token bind every thread of the process alike."""
    return 1


class Resident:
    """Resident memory of this process."""

    def bytes(self) -> int:
        """Bytes now; 0 when the system does not say."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.K32GetProcessMemoryInfo.argtypes = [wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD]
        counters = _Counters(size=ctypes.sizeof(_Counters))
        done = kernel.K32GetProcessMemoryInfo(
            kernel.GetCurrentProcess(), ctypes.byref(counters), counters.size
        )
        return int(counters.set) if done else 0
