"""Ctrl-C at the next good moment: an interrupt that falls into a call-back of the garbage collector is dropped by
Python, and one in the middle of a step may leave it half done."""

from __future__ import annotations

import signal
from types import FrameType, TracebackType
from typing import Self


class Stop:
    """While it is open the first Ctrl-C is remembered for `check`; a second one interrupts at once."""

    def __init__(self) -> None:
        """Nothing was pressed yet."""
        self.asked = False
        self._ours = False

    def check(self) -> None:
        """Raises KeyboardInterrupt when Ctrl-C was pressed."""
        if self.asked:
            raise KeyboardInterrupt

    def _pressed(self, number: int, frame: FrameType | None) -> None:
        self.check()
        self.asked = True

    def __enter__(self) -> Self:
        """Listen; a program told to ignore Ctrl-C goes on ignoring it."""
        self._ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if self._ours:
            signal.signal(signal.SIGINT, self._pressed)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Listen no more."""
        if self._ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
