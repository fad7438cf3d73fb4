"""Work that runs in the background: its order, how far it is, what it found. Nothing of it is in the database.

A job is a folder under `tmp/` of the data folder, so any process of the site can show it; it belongs to one account. A
room says in a subclass where its jobs lie, how long they stay, and how one sees that the work still goes on.
"""

from __future__ import annotations

import json
import os
import shutil
import time
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from bmnn.office.core.models import Account

ORDER, PROGRESS, RESULT, STOP = "viec.json", "tien-do.json", "ket-qua.json", "dung"


@dataclass(frozen=True)
class Progress:
    """How far a job is. `state`: running, done, failed, cancelled; `done` of `total` things (0: not known) after
    `seconds`."""

    telling: ClassVar[int] = 5
    """From how many things on it is said how long the rest takes."""

    state: str
    done: int = 0
    total: int = 0
    seconds: float = 0.0
    words: str = ""

    @property
    def percent(self) -> int:
        """0 to 100; 0 while the total is not known."""
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def left(self) -> str:
        """About how long it still takes, in words; empty while nothing can be said."""
        if self.state != "running" or not self.total or self.done < self.telling:
            return ""
        seconds = round(self.seconds / self.done * max(0, self.total - self.done))
        return f"còn khoảng {seconds} giây" if seconds < 90 else f"còn khoảng {round(seconds / 60)} phút"


P = TypeVar("P", bound=Progress)


class Job(Generic[P]):
    """One piece of work of one account."""

    place: ClassVar[str]
    keep_seconds: ClassVar[int]
    broken: ClassVar[str]
    """What is said of a job whose work has stopped without a last word."""
    progress_type: type[P]

    def __init__(self, public_id: uuid.UUID) -> None:
        self.id = public_id
        self.path = self.folder() / str(public_id)

    @classmethod
    def folder(cls) -> Path:
        """Where jobs of this kind lie."""
        found: Path = settings.DATA / "tmp" / cls.place
        found.mkdir(mode=0o700, parents=True, exist_ok=True)
        return found

    @classmethod
    def fresh(cls) -> Self:
        """An empty job; jobs past their time are removed first."""
        cls.clean_up()
        job = cls(uuid.uuid4())
        job.path.mkdir(mode=0o700)
        return job

    @classmethod
    def of(cls, account: Account, public_id: uuid.UUID) -> Self | None:
        """The account's job of this id; None for anybody else's, as if it did not exist."""
        job = cls(public_id)
        return job if job.head().get("account") == str(account.public_id) else None

    @classmethod
    def clean_up(cls, now: float | None = None) -> None:
        """Remove jobs past their time: what they hold may be secret."""
        limit = (now or time.time()) - cls.keep_seconds
        for path in cls.folder().iterdir():
            try:
                if path.stat().st_mtime < limit:
                    shutil.rmtree(path, ignore_errors=True)
            except OSError:
                continue

    def order(self, account: Account, head: dict[str, Any]) -> None:
        """Write down whose it is and what it is about."""
        self._write(ORDER, {**head, "account": str(account.public_id)})

    def head(self) -> dict[str, Any]:
        """What was ordered: account, unit, title and what the room adds; empty when there is no such job."""
        return self._read(ORDER)

    def tell(self, progress: P) -> None:
        """Write down how far it is."""
        self._write(PROGRESS, asdict(progress))

    def progress(self) -> P:
        """How far it is. A job whose work is gone has failed."""
        row = self._read(PROGRESS)
        found = self.progress_type(**row) if row else self.progress_type("running")
        if found.state == "running" and not self.alive():
            return self.progress_type("failed", words=self.broken)
        return found

    def alive(self) -> bool:
        """Whether the work goes on."""
        raise NotImplementedError

    def finish(self, result: dict[str, Any]) -> None:
        """Write down the whole result."""
        self._write(RESULT, result)

    def result(self) -> dict[str, Any] | None:
        """The whole result; None while there is none, or when it was removed."""
        return self._read(RESULT) or None

    def cancel(self) -> None:
        """Ask it to stop; nothing is kept."""
        if self.path.is_dir():
            (self.path / STOP).touch()

    @property
    def stopped(self) -> bool:
        """Whether it was asked to stop."""
        return (self.path / STOP).exists()

    def forget(self) -> None:
        """Remove everything of it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _read(self, name: str) -> dict[str, Any]:
        try:
            found = json.loads((self.path / name).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, name: str, value: dict[str, Any]) -> None:
        """In one step: a page that looks meanwhile sees the old or the new."""
        part = (self.path / name).with_suffix(".moi")
        part.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
        os.replace(part, self.path / name)


def upload_name(file: UploadedFile, otherwise: str) -> str:
    """The name of an upload without the folders a browser may send."""
    return Path(str(file.name or otherwise).replace("\\", "/")).name
