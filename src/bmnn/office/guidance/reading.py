"""A file of directives, read in the sandbox: its text and what the reader understood."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bmnn.sandbox import Box, Limits, SandboxError

# 300 scanned pages take minutes; the reader sends its answer at the end.
_LIMITS = Limits(wall=600.0, cpu=600)
_TARGET = "bmnn.directives.worker:read"


class CannotRead(Exception):
    """Why nothing could be taken from the file, in words for the user."""


@dataclass(frozen=True)
class Read:
    """`reading` is the reader's record with whole numbers only (confidences in thousandths)."""

    sha256: str
    text: str
    reading: dict[str, Any]


def read(path: Path, name: str) -> Read:
    """Read an uploaded file. Raises CannotRead with a message that names the file."""
    try:
        with Box(_TARGET, _LIMITS) as box:
            outcome = box.call([path], {"name": name})
    except SandboxError as error:
        raise CannotRead(str(error)) from error
    if not outcome.ok or not isinstance(outcome.value, dict):
        raise CannotRead(f"Không đọc được tệp «{name}»: {outcome.message or 'không có chữ nào trong tệp'}.")
    why = outcome.value.get("why")
    if why:
        raise CannotRead(f"Không đọc được tệp «{name}»: {why}")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Read(digest, str(outcome.value["text"]), whole(outcome.value["reading"]))


def whole(value: Any) -> Any:
    """The same value with every fraction as whole thousandths: an event holds no floats."""
    if isinstance(value, float):
        return round(value * 1000)
    if isinstance(value, dict):
        return {str(k): whole(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [whole(v) for v in value]
    return value
