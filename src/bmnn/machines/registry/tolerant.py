"""Damage in one branch of a hive must not hide the others."""

from __future__ import annotations

import contextlib
import struct

from bmnn.machines.model import Evidence

_DAMAGE = (ValueError, LookupError, RecursionError, OverflowError, struct.error)


class Tolerant(contextlib.AbstractContextManager["Tolerant"]):
    """Skips the rest of its block when a branch is damaged, and notes that."""

    def __init__(self, out: Evidence) -> None:
        self.out = out

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
        if not isinstance(error, _DAMAGE):
            return False
        self.out.note("một nhánh registry hỏng đã bỏ qua", partly=True)
        return True
