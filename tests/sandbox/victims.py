"""Functions the tests run in the box: each misbehaves in one way."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

Files = list[BinaryIO]
LOADED: list[Any] = []


def size(files: Files, argument: Any) -> Any:
    return [len(f.read()) for f in files]


def head(files: Files, argument: Any) -> Any:
    return [f.read(argument).decode("latin-1") for f in files]


def echo(files: Files, argument: Any) -> Any:
    return argument


def pid(files: Files, argument: Any) -> Any:
    return os.getpid()


def load(argument: Any) -> None:
    LOADED.append(Path(argument).read_text())


def fail_to_load(argument: Any) -> None:
    raise RuntimeError("không có mô hình")


def loaded(files: Files, argument: Any) -> Any:
    return LOADED


def environment(files: Files, argument: Any) -> Any:
    return dict(os.environ)


def attempt(files: Files, argument: Any) -> Any:
    """Try what `argument` names; the answer says how it ended."""
    what, path = argument
    tries = {
        "tcp": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
        "udp": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "unix": lambda: socket.socket(socket.AF_UNIX),
        "raw": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW),
        "pair": socket.socketpair,
        "fork": os.fork,
        "vfork_exec": lambda: subprocess.run(["/bin/true"], check=True),
        "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "exec": lambda: os.execv("/bin/true", ["true"]),
        "read": lambda: Path(path).read_bytes(),
        "list": lambda: os.listdir(path),
        "proc": lambda: Path("/proc/self/environ").read_bytes(),
        "write": lambda: Path(path + ".x").write_bytes(b"x"),
        "append": lambda: os.open(path, os.O_WRONLY | os.O_APPEND),
        "own_folder": lambda: Path(__file__).with_suffix(".x").write_bytes(b"x"),
        "unlink": lambda: os.unlink(path),
        "rename": lambda: os.rename(path, path + ".y"),
        "mkdir": lambda: os.mkdir(path + ".d"),
        "symlink": lambda: os.symlink("/etc/passwd", path + ".l"),
        "chmod": lambda: os.chmod(path, 0o777),
        "truncate": lambda: os.truncate(path, 0),
        "utime": lambda: os.utime(path),
        "kill_parent": lambda: os.kill(os.getppid(), signal.SIGTERM),
        "kill_all": lambda: os.kill(-1, 0),
        "ptrace": lambda: _call(101, 16, os.getppid(), 0, 0),
        "memory_of_parent": lambda: _call(310, os.getppid(), 0, 0, 0, 0, 0),
        "memfd": lambda: os.memfd_create("x"),
        "four_gib": lambda: bytearray(4 * 1024**3),
        "setuid": lambda: os.setuid(12345),
        "reopen_writable": lambda: os.open(f"/proc/self/fd/{files[0].fileno()}", os.O_RDWR),
        "write_to_given": lambda: os.write(files[0].fileno(), b"x"),
        "thread": _thread,
    }
    try:
        tries[what]()
    except MemoryError:
        return "MemoryError"
    except OSError as error:
        return type(error).__name__
    return "done"


def _call(*numbers: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(*numbers) == -1:
        raise OSError(ctypes.get_errno(), "refused")


def _thread() -> None:
    thread = threading.Thread(target=lambda: LOADED.append("thread"))
    thread.start()
    thread.join()


def hang(files: Files, argument: Any) -> Any:
    time.sleep(3600)


def spin(files: Files, argument: Any) -> Any:
    while True:
        pass


def crash(files: Files, argument: Any) -> Any:
    ctypes.string_at(8)


def quit_at_once(files: Files, argument: Any) -> Any:
    os._exit(0)


def fail(files: Files, argument: Any) -> Any:
    raise KeyError("bí mật trong thông báo lỗi")


def eat(files: Files, argument: Any) -> Any:
    held = []
    while True:
        held.append(bytearray(10 << 20))


def hold(files: Files, argument: Any) -> Any:
    LOADED.append(bytearray(argument))
    return os.getpid()


def long_reply(files: Files, argument: Any) -> Any:
    return "x" * argument


def many(files: Files, argument: Any) -> Iterator[Any]:
    yield from range(argument)


def some_then_crash(files: Files, argument: Any) -> Iterator[Any]:
    yield from range(argument)
    ctypes.string_at(8)


def slow_items(files: Files, argument: Any) -> Iterator[Any]:
    count, pause = argument
    for i in range(count):
        time.sleep(pause)
        yield i


def odd_values(files: Files, argument: Any) -> Any:
    return {"nan": float("nan"), "surrogate": "a\ud800b"}[argument]


def by_content(files: Files, argument: Any) -> Any:
    """What the file orders."""
    order = files[0].read().decode()
    if order == "crash":
        ctypes.string_at(8)
    if order == "hang":
        time.sleep(3600)
    if order == "slow":
        time.sleep(0.2)
    return order


def talk_nonsense(files: Files, argument: Any) -> Any:
    """Write bytes of its own on the channel (the only writable descriptor), as a captured worker would."""
    for fd in range(3, 48):
        try:
            os.write(fd, bytes.fromhex(argument))
        except OSError:
            continue
    return 1
