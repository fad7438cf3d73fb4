"""The channel between parent and worker on Windows: pipes, files handed over by duplicated handles, a job object.

Written from the Win32 documentation (DuplicateHandle, CreateJobObject, JOBOBJECT_EXTENDED_LIMIT_INFORMATION). It is
checked by types only: the project's automatic tests run on Linux.
"""

from __future__ import annotations

import ctypes
import msvcrt
import os
import queue
import subprocess
import sys
import threading
import time
from ctypes import wintypes
from typing import Any, BinaryIO

from bmnn.sandbox import frames

assert sys.platform == "win32"  # for the type checker: the rest exists on one system only

_GENERIC_READ = 0x80000000
_ACTIVE_PROCESS, _PROCESS_MEMORY, _DIE_ON_EXCEPTION, _KILL_ON_CLOSE = 0x8, 0x100, 0x400, 0x2000
_UI_ALL = 0xFF
_EXTENDED_LIMITS, _UI_LIMITS = 9, 4
_STATUS_QUOTA = 0xC0000044


class Closed(Exception):
    """The other side is gone."""


class TooLate(Exception):
    """The other side did not answer in time."""


class _Basic(ctypes.Structure):
    _fields_ = [
        ("per_process_time", ctypes.c_int64),
        ("per_job_time", ctypes.c_int64),
        ("flags", wintypes.DWORD),
        ("minimum_set", ctypes.c_size_t),
        ("maximum_set", ctypes.c_size_t),
        ("active_processes", wintypes.DWORD),
        ("affinity", ctypes.c_size_t),
        ("priority", wintypes.DWORD),
        ("scheduling", wintypes.DWORD),
    ]


class _Extended(ctypes.Structure):
    _fields_ = [
        ("basic", _Basic),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process", ctypes.c_size_t),
        ("peak_job", ctypes.c_size_t),
    ]


def _kernel() -> ctypes.WinDLL:
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
    kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    kernel.TerminateJobObject.argtypes = [wintypes.HANDLE, wintypes.UINT]
    kernel.CloseHandle.argtypes = [wintypes.HANDLE]
    kernel.DuplicateHandle.argtypes = [
        wintypes.HANDLE,
        wintypes.HANDLE,
        wintypes.HANDLE,
        ctypes.POINTER(wintypes.HANDLE),
        wintypes.DWORD,
        wintypes.BOOL,
        wintypes.DWORD,
    ]
    return kernel


class WorkerChannel:
    """The worker's end: standard input and output, moved aside so that no library writes on them."""

    def __init__(self) -> None:
        """Take the pipes and give the standard streams the null device."""
        self._in = os.fdopen(os.dup(0), "rb", buffering=0)
        self._out = os.fdopen(os.dup(1), "wb", buffering=0)
        null = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1):
            os.dup2(null, number)
        os.close(null)

    def receive(self) -> tuple[Any, list[BinaryIO]] | None:
        """The next message with its files; None when the parent is gone."""
        header = self._exactly(frames.HEADER.size)
        if header is None:
            return None
        _, length = frames.head(header, 2**32 - 1)
        data = self._exactly(length)
        if data is None:
            return None
        message = frames.unpack(data)
        descriptors = [
            msvcrt.open_osfhandle(handle, os.O_RDONLY | os.O_BINARY) for handle in message["handles"]
        ]
        return message["value"], [os.fdopen(fd, "rb") for fd in descriptors]

    def send(self, kind: bytes, value: Any) -> None:
        """One frame to the parent."""
        data = memoryview(frames.pack(kind, value))
        while data:
            data = data[self._out.write(data) or 0 :]

    def _exactly(self, length: int) -> bytes | None:
        parts = bytearray()
        while len(parts) < length:
            part = self._in.read(min(1 << 20, length - len(parts)))
            if not part:
                return None
            parts += part
        return bytes(parts)


class ParentChannel:
    """The parent's end: starts the worker in a job object, speaks to it within a deadline, ends the job."""

    def __init__(self, environment: dict[str, str], memory: int) -> None:
        """Start a worker. It imports nothing before its first message, and that comes after the job holds it."""
        self._kernel = _kernel()
        self._job = self._new_job(memory)
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-m", "bmnn.sandbox.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP,
            bufsize=0,
        )
        self._handle = int(self.process._handle)  # type: ignore[attr-defined]  # subprocess offers no public way
        if not self._kernel.AssignProcessToJobObject(self._job, self._handle):
            self.process.kill()
            raise Closed
        self._chunks: queue.Queue[bytes] = queue.Queue(maxsize=64)
        self._rest = bytearray()
        threading.Thread(target=self._read, daemon=True).start()

    def _new_job(self, memory: int) -> int:
        job: int = self._kernel.CreateJobObjectW(None, None)
        limits = _Extended(process_memory=memory)
        limits.basic.flags = _ACTIVE_PROCESS | _PROCESS_MEMORY | _DIE_ON_EXCEPTION | _KILL_ON_CLOSE
        limits.basic.active_processes = 1
        done = self._kernel.SetInformationJobObject(
            job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        ui = wintypes.DWORD(_UI_ALL)
        self._kernel.SetInformationJobObject(job, _UI_LIMITS, ctypes.byref(ui), ctypes.sizeof(ui))
        if not done:
            raise Closed
        return job

    def _read(self) -> None:
        """Pipes cannot be waited for with a deadline: a thread reads, the caller waits on its queue."""
        pipe = self.process.stdout
        while pipe is not None:
            try:
                chunk = pipe.read(1 << 16)
            except (OSError, ValueError):
                chunk = b""
            self._chunks.put(chunk)
            if not chunk:
                return

    def send(self, kind: bytes, value: Any, fds: list[int], deadline: float) -> None:
        """One message, with open descriptors. Raises Closed."""
        handles = [self._duplicate(fd) for fd in fds]
        data = memoryview(frames.pack(kind, {"value": value, "handles": handles}))
        pipe = self.process.stdin
        try:
            while pipe is not None and data:
                data = data[pipe.write(data[: 1 << 16]) or 0 :]
        except OSError as error:
            raise Closed from error

    def _duplicate(self, fd: int) -> int:
        there = wintypes.HANDLE()
        ours = msvcrt.get_osfhandle(fd)
        here = self._kernel.GetCurrentProcess()
        args = (here, ours, self._handle, ctypes.byref(there), _GENERIC_READ, False, 0)
        if not self._kernel.DuplicateHandle(*args) or there.value is None:
            raise Closed
        return int(there.value)

    def receive(self, deadline: float, most: int) -> tuple[bytes, Any, int]:
        """The next frame: kind, value, length. Raises Closed, TooLate or frames.BadFrame."""
        kind, length = frames.head(self._exactly(frames.HEADER.size, deadline), most)
        return kind, frames.unpack(self._exactly(length, deadline)), length

    def _exactly(self, length: int, deadline: float) -> bytes:
        while len(self._rest) < length:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TooLate
            try:
                chunk = self._chunks.get(timeout=min(left, 3600))
            except queue.Empty:
                continue
            if not chunk:
                raise Closed
            self._rest += chunk
        data = bytes(self._rest[:length])
        del self._rest[:length]
        return data

    def kill(self) -> int:
        """End everything in the job; the worker's exit status."""
        self._kernel.TerminateJobObject(self._job, 1)
        self._kernel.CloseHandle(self._job)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        return self.process.wait()

    def exit_reason(self) -> str:
        """Why a worker that is gone went: "cpu" (the job's time ran out), or "crashed"."""
        try:
            status = self.process.wait(timeout=1) & 0xFFFFFFFF
        except subprocess.TimeoutExpired:
            return "crashed"
        return "cpu" if status == _STATUS_QUOTA else "crashed"
