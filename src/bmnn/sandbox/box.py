"""The parent's side of the sandbox: `Box` runs a function on hostile files in locked-down, long-lived workers."""

from __future__ import annotations

import os
import queue
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bmnn.sandbox import frames
from bmnn.sandbox.limits import MAX_FILES, Job, Limits, Outcome, SandboxError, SandboxMissing
from bmnn.sandbox.opening import Unopened, descriptor

if sys.platform == "win32":
    from bmnn.sandbox.channel_windows import Closed, ParentChannel, TooLate

    DEMANDED = frozenset({"process", "execute", "memory"})
else:
    from bmnn.sandbox.channel_posix import Closed, ParentChannel, TooLate

    DEMANDED = frozenset({"network", "process", "execute", "read_outside", "write", "memory", "one_thread"})
"""Layers without which a worker is refused. Windows has no equal of seccomp and Landlock: there the claim is a separate
process in a job object with a watchdog, and the network and files of the user stay within its reach."""

_FOR_NUMERICS = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_KEPT = ("SYSTEMROOT", "WINDIR", "TESSDATA_PREFIX")
_AHEAD = 4
"""Jobs a worker may be ahead of the slowest one in `map`."""

_NO_START = "Không khởi động được tiến trình đọc tệp trong hộp cát."

OnItem = Callable[[Any], None]


class _Worker:
    """One worker process and its life: started when needed, ended when it misbehaved or served enough."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._channel: ParentChannel | None = None
        self._ready = False
        self._served = 0
        self.refused: dict[str, bool] = {}

    def spawn(self) -> None:
        """Start the process and let it load its modules. Raises SandboxError."""
        if self._channel is not None:
            return
        box = self._box
        try:
            channel = ParentChannel(_environment(), box.limits.memory)
        except (Closed, OSError) as error:
            raise SandboxError(_NO_START) from error
        order = {"target": box.target, "setup": box.setup, "path": [os.path.abspath(p) for p in sys.path]}
        try:
            channel.send(frames.CALL, order, [], time.monotonic() + box.limits.start)
        except (Closed, TooLate) as error:
            channel.kill()
            raise SandboxError(_NO_START) from error
        self._channel, self._ready, self._served = channel, False, 0

    def start(self) -> None:
        """Let the process set up, lock itself and test the lock. Raises SandboxError, SandboxMissing."""
        self.spawn()
        channel = self._channel
        if channel is None or self._ready:
            return
        try:
            self.refused = self._locked(channel)
        except BaseException:
            self.kill()
            raise
        self._ready = True

    def _locked(self, channel: ParentChannel) -> dict[str, bool]:
        box, limits = self._box, self._box.limits
        deadline = time.monotonic() + limits.start
        try:
            with tempfile.TemporaryDirectory(prefix="bmnn-", ignore_cleanup_errors=True) as folder:
                canary = Path(folder) / "canary"
                canary.write_bytes(b"canary")
                order = {
                    "setup_argument": box.setup_argument,
                    "readable": [str(p) for p in limits.readable],
                    "memory": limits.memory,
                    "cpu": limits.cpu,
                    "canary": str(canary),
                }
                with suppress(Closed):  # a worker that failed to load is gone, but has left word why
                    channel.send(frames.CALL, order, [], deadline)
                kind, value, _ = channel.receive(deadline, 1 << 16)
        except (Closed, TooLate, frames.BadFrame, OSError) as error:
            raise SandboxError(_NO_START) from error
        if kind != frames.READY:
            detail = str(value.get("detail")) if isinstance(value, dict) else ""
            raise SandboxError(f"{_NO_START} {detail}".strip())
        try:
            refused = _checked_layers(value)
        except frames.BadFrame as error:
            raise SandboxError(_NO_START) from error
        missing = sorted(name for name in DEMANDED if not refused.get(name))
        if set(missing) - limits.allow_missing:
            raise SandboxMissing(missing)
        return refused

    def call(self, files: list[int], argument: Any, on_item: OnItem | None) -> Outcome:
        """One call with open descriptors; the worker is gone afterwards when it misbehaved or served enough."""
        self.start()
        began = time.monotonic()
        items: list[Any] = []
        try:
            done = self._talk(files, argument, on_item or items.append)
        except Closed:
            why = self._channel.exit_reason() if self._channel else "crashed"
            done = Outcome(False, None, why)
        except TooLate:
            done = Outcome(False, None, "time")
        except frames.BadFrame as error:
            done = Outcome(
                False, None, "reply_too_large" if str(error) == "length" else "bad_reply", str(error)
            )
        except BaseException:
            self.kill()
            raise
        self._served += 1
        limits = self._box.limits
        spoilt = not done.ok and done.why != "error"
        if (
            spoilt
            or self._served >= limits.files_per_worker
            or done.peak > limits.restart_above * limits.memory
        ):
            self.kill()
        value = items if (items or done.value is items) else done.value
        return Outcome(done.ok, value, done.why, done.detail, time.monotonic() - began, done.peak)

    def _talk(self, files: list[int], argument: Any, on_item: OnItem) -> Outcome:
        if self._channel is None:
            raise Closed
        limits = self._box.limits
        end = time.monotonic() + limits.total if limits.total is not None else float("inf")
        left = limits.reply
        self._channel.send(frames.CALL, argument, files, min(end, time.monotonic() + limits.wall))
        while True:
            kind, value, length = self._channel.receive(min(end, time.monotonic() + limits.wall), left)
            left -= length
            if kind == frames.ITEM:
                on_item(value)
                continue
            if not isinstance(value, dict):
                raise frames.BadFrame("shape")
            rss = value.get("rss", 0)
            if not isinstance(rss, int) or rss < 0:
                raise frames.BadFrame("shape")
            if kind == frames.DONE and ("items" in value) != ("value" in value):
                return Outcome(True, value.get("value", []), peak=rss)
            if kind == frames.ERROR and value.get("why") in ("memory", "error"):
                return Outcome(False, None, value["why"], str(value.get("detail", ""))[:200], peak=rss)
            raise frames.BadFrame("shape")

    def kill(self) -> None:
        """End the process; the next call starts a new one."""
        channel, self._channel = self._channel, None
        if channel is not None:
            channel.kill()


def _checked_layers(value: Any) -> dict[str, bool]:
    layers = value.get("refused") if isinstance(value, dict) else None
    if not isinstance(layers, dict) or not all(isinstance(v, bool) for v in layers.values()):
        raise frames.BadFrame("shape")
    return layers


def _environment() -> dict[str, str]:
    """As little as possible: nothing of the user's environment, one thread for number libraries."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    fixed = {"LANG": "C.UTF-8", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return kept | fixed | dict.fromkeys(_FOR_NUMERICS, "1")


class Box:
    """`Box("package.module:function", Limits(...))` runs `function(files, argument)` in locked-down workers.

    `files` are open binary files (the paths of the call, in order), `argument` any JSON value; the function returns a
    JSON value, or is a generator whose items are sent one by one. `setup` ("package.module:function") runs once in each
    worker before the lock closes, with `setup_argument`: the place to load models and compile rules. The target's
    module must import its parsers at the top, for afterwards only Python's own folders can be read.

    A box may be used by several threads; as many calls run at once as it has `workers`.
    """

    def __init__(
        self,
        target: str,
        limits: Limits | None = None,
        *,
        workers: int = 1,
        setup: str | None = None,
        setup_argument: Any = None,
    ) -> None:
        """Nothing is started before `start`, the first call or `with`."""
        self.target, self.limits = target, limits or Limits()
        self.setup, self.setup_argument = setup, setup_argument
        self._workers = [_Worker(self) for _ in range(max(1, workers))]
        self._free: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for worker in reversed(self._workers):
            self._free.put(worker)

    def spawn(self) -> None:
        """Start the processes, so that they load their modules while the caller prepares; nothing waits for them.

        `setup_argument` may still be set afterwards. Raises SandboxError.
        """
        for worker in self._workers:
            worker.spawn()

    def start(self) -> dict[str, bool]:
        """Start one worker and give its self-test: layer (LAYER_WORDS) → whether every attempt was refused.

        Raises SandboxMissing when the policy does not allow to go without a missing layer, SandboxError when the
        worker cannot start at all.
        """
        worker = self._free.get()
        try:
            worker.start()
            return dict(worker.refused)
        finally:
            self._free.put(worker)

    def call(
        self, paths: Sequence[str | Path] = (), argument: Any = None, on_item: OnItem | None = None
    ) -> Outcome:
        """Run the function on these files. With `on_item` a generator's items go there as they come and are not kept.

        Never raises for what a file does; raises SandboxError when the box itself cannot work.
        """
        if len(paths) > MAX_FILES:
            raise ValueError("too many files in one call")
        files: list[int] = []
        try:
            for path in paths:
                files.append(descriptor(path, self.limits.input))
            worker = self._free.get()
            try:
                return worker.call(files, argument, on_item)
            finally:
                self._free.put(worker)
        except Unopened as error:
            return Outcome(False, None, error.why)
        finally:
            for file in files:
                os.close(file)

    def map(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """Outcomes in the order of the jobs, all workers busy, never far ahead of what was taken.

        Closing the iterator early (or an interrupt) ends the calls under way.
        """
        ahead = len(self._workers) * _AHEAD
        waiting: deque[Future[Outcome]] = deque()
        pool = ThreadPoolExecutor(len(self._workers), thread_name_prefix="bmnn-box")
        try:
            for job in jobs:
                waiting.append(pool.submit(self.call, job.paths, job.argument))
                if len(waiting) >= ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            self.close()
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    def close(self) -> None:
        """End all workers, also busy ones (their calls come back as crashed). The box may be used again."""
        for worker in self._workers:
            worker.kill()

    def __enter__(self) -> Self:
        """Start one worker, so that a missing layer is known before the first file."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all workers."""
        self.close()
