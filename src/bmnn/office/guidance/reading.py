"""A file of directives, read in locked-down processes: its text and what the reader understood."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bmnn import directives
from bmnn.sandbox import Box, Limits, SandboxError

# A directive takes a second or two, 300 pages a minute.
_LIMITS = Limits(wall=120.0, cpu=120)
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
    """Read an uploaded file. Raises CannotRead with a message that names the file.

    The file's own format is opened by `directives.load` in a process of its own; only text comes back.
    """
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    try:
        source = directives.load(path)
        argument = {
            "name": name,
            "text": source.text,
            "encoding": source.encoding,
            "scanned": source.scanned,
            "notes": list(source.notes),
        }
        with Box(_TARGET, _LIMITS) as box:
            outcome = box.call(argument=argument)
    except directives.UnreadableFile as error:
        raise CannotRead(str(error).replace(path.name, name)) from error
    except SandboxError as error:
        raise CannotRead(str(error)) from error
    if not outcome.ok or not isinstance(outcome.value, dict):
        raise CannotRead(f"Không đọc được tệp «{name}»: {outcome.message or 'tiến trình đọc trả lời sai'}.")
    if not outcome.value["documents"]:
        raise CannotRead(
            f"Tệp «{name}»: {' '.join(outcome.value['notes']) or 'không có văn bản chỉ đạo nào.'}"
        )
    return Read(digest, source.text, whole(outcome.value))


def whole(value: Any) -> Any:
    """The same value with every fraction as whole thousandths: an event holds no floats."""
    if isinstance(value, float):
        return round(value * 1000)
    if isinstance(value, dict):
        return {str(k): whole(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [whole(v) for v in value]
    return value
