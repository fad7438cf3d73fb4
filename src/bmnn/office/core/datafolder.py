"""The one folder that holds everything the site keeps; only its owner may read it."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

DATABASE = "bmnn.sqlite3"


def data_folder() -> Path:
    """The folder named by BMNN_DATA, else `~/.local/share/bmnn`."""
    named = os.environ.get("BMNN_DATA")
    return Path(named).expanduser().absolute() if named else Path.home() / ".local" / "share" / "bmnn"


def private_file(path: Path, content: bytes) -> None:
    """Write a new file readable by its owner alone, and make it durable.

    Raises FileExistsError where the file is already there: a key is never overwritten.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def durable_name(path: Path) -> None:
    """Make a new or renamed file's name survive a power cut (where the system lets a folder be synced)."""
    if os.name == "posix":
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def secret_key(folder: Path) -> str:
    """Django's secret key, made at the first call where the folder exists; a passing one where it does
    not."""
    path = folder / "keys" / "django.key"
    if not path.is_file():
        if not folder.is_dir():
            return secrets.token_urlsafe(64)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            private_file(path, secrets.token_urlsafe(64).encode())
    return path.read_text(encoding="ascii")
