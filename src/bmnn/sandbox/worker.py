"""The locked-down process: `python -m bmnn.sandbox.worker`. It imports the parsers, locks itself, tests the lock, then
answers calls until its channel closes.

It is started by the parent only. The first message says which function to serve, the second how to set up and lock;
every later one is a call with files already opened by the parent.
"""

from __future__ import annotations

import importlib
import inspect
import os
import sys
import sysconfig
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from bmnn.sandbox import frames, selftest

if sys.platform == "win32":
    from bmnn.sandbox import lock_windows as locking
    from bmnn.sandbox.channel_windows import WorkerChannel
else:
    from bmnn.sandbox import lock_posix as locking
    from bmnn.sandbox.channel_posix import WorkerChannel


def main() -> None:
    """Serve the parent; ends when the channel closes."""
    channel = WorkerChannel()
    first = channel.receive()
    if first is None:
        return
    what, _ = first
    sys.path[:] = what["path"]
    try:
        function = _find(what["target"])
        setup = _find(what["setup"]) if what["setup"] else None
        second = channel.receive()
        if second is None:
            return
        order, _ = second
        if setup:
            setup(order["setup_argument"])
    except Exception as error:  # own code, no foreign byte yet: the parent tells the user why
        channel.send(frames.ERROR, {"detail": str(error) or type(error).__name__})
        return
    resident = locking.Resident()
    alone = locking.threads() == 1
    locking.lock(_readable(function, order["readable"]), order["memory"])
    result = selftest.refused(Path(order["canary"]), order["memory"])
    channel.send(frames.READY, {"refused": result | {"one_thread": alone}})
    while (call := channel.receive()) is not None:
        _serve(channel, function, call[0], call[1], order["cpu"], resident)


def _find(target: str) -> Callable[..., Any]:
    module, _, name = target.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def _readable(function: Callable[..., Any], more: list[str]) -> list[Path]:
    """Folders the worker may go on reading: Python, its packages, this package, the target's own folder."""
    paths = {Path(p) for p in sysconfig.get_paths().values() if p}
    paths |= {Path(p) for p in sys.path if p.endswith(("site-packages", "dist-packages"))}
    paths.add(Path(__file__).resolve().parents[1])
    paths.add(Path(inspect.getfile(function)).resolve().parent)
    # The environment may be a link tree: packages then live elsewhere.
    for module in (os, importlib.import_module("encodings")):
        if module.__file__:
            paths.add(Path(module.__file__).resolve().parent)
    scripts = {Path(sysconfig.get_path(name)) for name in ("scripts", "data")}
    return sorted((paths - scripts) | {Path(p) for p in more})


def _serve(
    channel: WorkerChannel,
    function: Callable[..., Any],
    argument: Any,
    files: list[BinaryIO],
    cpu: int,
    resident: locking.Resident,
) -> None:
    """One call. Whatever the function raises becomes an answer; only the kernel ends this process."""
    try:
        locking.allow_cpu(cpu)
        result = function(files, argument)
        if isinstance(result, types.GeneratorType):
            for item in result:
                channel.send(frames.ITEM, item)
                locking.allow_cpu(cpu)
            channel.send(frames.DONE, {"rss": resident.bytes(), "items": True})
        else:
            channel.send(frames.DONE, {"rss": resident.bytes(), "value": result})
    except MemoryError:
        result = None
        channel.send(frames.ERROR, {"why": "memory", "detail": "MemoryError"})
    except Exception as error:  # a hostile file may raise anything; the answer says what kind
        kind = type(error).__name__
        channel.send(frames.ERROR, {"why": "error", "detail": kind, "rss": resident.bytes()})
    finally:
        for file in files:
            file.close()


if __name__ == "__main__":
    main()
