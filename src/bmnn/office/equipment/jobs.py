"""A check that runs in the background: its files, its progress, its result. Nothing of it is in the database.

A job is a folder under `tmp/` of the data folder; any process of the site can show it. It belongs to one
account. The collections are removed as soon as the check is over, the result when it is put on file, both after a
day at the latest.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from bmnn.machines import CollectionError, ListError, Options, Reader, check
from bmnn.machines.register import Register
from bmnn.office.core.models import Account
from bmnn.sandbox import SandboxError

KEEP_SECONDS = 24 * 3600
MAX_FILES = 20
MAX_BYTES = 8 * 1024 * 1024 * 1024
_WRITE_EVERY = 0.3
_SILENT = 300
"""Seconds without a sign of life after which a job counts as broken off: one file may take two minutes."""


def folder() -> Path:
    """Where jobs lie."""
    found: Path = settings.DATA / "tmp" / "kiem-tra-may"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def own_rules() -> Path | None:
    """The agency's own rules of malware beside the database, when it has any: `luat-ma-doc/` (see the guide)."""
    found: Path = settings.DATA / "luat-ma-doc"
    return found if found.is_dir() else None


@dataclass(frozen=True)
class Progress:
    """How far a job is. `state`: running, done, failed, cancelled."""

    state: str
    done: int = 0
    total: int = 0
    words: str = ""
    seconds: float = 0.0

    @property
    def percent(self) -> int:
        """0 to 100; 0 while the number of files is not known."""
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def left(self) -> str:
        """About how long it still takes, in words; empty while nothing can be said."""
        if self.state != "running" or not self.total or self.done < 5:
            return ""
        seconds = round(self.seconds / self.done * max(0, self.total - self.done))
        return f"còn khoảng {seconds} giây" if seconds < 90 else f"còn khoảng {round(seconds / 60)} phút"


class Job:
    """One check by one account."""

    def __init__(self, public_id: uuid.UUID) -> None:
        self.id = public_id
        self.path = folder() / str(public_id)

    @classmethod
    def of(cls, account: Account, public_id: uuid.UUID) -> Job | None:
        """The account's job of this id; None for anybody else's, as if it did not exist."""
        job = cls(public_id)
        head = job.head()
        return job if head and head.get("account") == str(account.public_id) else None

    def head(self) -> dict[str, Any]:
        """What the job is about: account, unit, title, follows, collections."""
        return _read(self.path / "viec.json")

    def progress(self) -> Progress:
        """How far it is. A job whose process is gone has failed."""
        row = _read(self.path / "tien-do.json")
        found = Progress(**row) if row else Progress("running")
        if found.state == "running" and not self._alive():
            return Progress("failed", words="Việc kiểm tra bị dừng giữa chừng. Hãy nạp lại bộ thu thập.")
        return found

    def result(self) -> dict[str, Any] | None:
        """The whole result; None while there is none."""
        return _read(self.path / "ket-qua.json") or None

    def cancel(self) -> None:
        """Ask it to stop; nothing is kept."""
        if self.path.is_dir():
            (self.path / "dung").touch()

    def forget(self) -> None:
        """Remove everything of it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _alive(self) -> bool:
        try:
            return time.time() - (self.path / "song").stat().st_mtime < _SILENT
        except OSError:
            return False


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, value: dict[str, Any]) -> None:
    part = path.with_suffix(".moi")
    part.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    os.replace(part, path)


def start(account: Account, files: Iterable[UploadedFile], head: dict[str, Any], register: Register) -> Job:
    """Keep the uploaded collections and check them in a thread. `head` is given back by `Job.head`."""
    clean_up()
    job = Job(uuid.uuid4())
    job.path.mkdir(mode=0o700)
    collections = [_keep(job.path / f"bo-{n}", file) for n, file in enumerate(files)]
    _write(job.path / "viec.json", {**head, "account": str(account.public_id), "collections": collections})
    (job.path / "song").touch()
    paths = [job.path / f"bo-{n}" / c["file"] for n, c in enumerate(collections)]
    thread = threading.Thread(
        target=_run, args=(job, paths, register), name=f"kiem-tra-{job.id}", daemon=True
    )
    thread.start()
    return job


def _keep(place: Path, file: UploadedFile) -> dict[str, Any]:
    """Writes one upload under a plain name that keeps only its ending; its own name is for display."""
    place.mkdir(mode=0o700)
    shown = Path(str(file.name or "bo-thu-thap").replace("\\", "/")).name[:120]
    stem = "".join(c if c.isalnum() or c in "-_" else "-" for c in shown.split(".")[0])[:60] or "bo"
    endings = "".join(s for s in Path(shown).suffixes[-2:] if s[1:].isalnum() and len(s) < 8)
    target = place / f"{stem}{endings}"
    digest = hashlib.sha256()
    with target.open("wb") as out:
        for chunk in file.chunks():
            digest.update(chunk)
            out.write(chunk)
    return {"name": shown, "file": target.name, "sha256": digest.hexdigest(), "size": int(file.size or 0)}


def _run(job: Job, paths: list[Path], register: Register) -> None:
    began = time.monotonic()
    rules = own_rules()
    reader = Reader(rules)
    state = {"done": 0, "written": 0.0}

    def tell(path: str) -> None:
        state["done"] += 1
        now = time.monotonic()
        if now - state["written"] < _WRITE_EVERY:
            return
        state["written"] = now
        (job.path / "song").touch()
        if (job.path / "dung").exists():
            reader.cancel()
            return
        row = {"state": "running", "done": state["done"], "total": reader.total, "words": path[:120]}
        _write(job.path / "tien-do.json", {**row, "seconds": now - began})

    try:
        found = check(paths, Options(register=register, rules=rules), tell, reader=reader)
        _write(job.path / "ket-qua.json", found)
        last = Progress("done", int(state["done"]), int(state["done"]), "", time.monotonic() - began)
    except (CollectionError, ListError, SandboxError) as error:
        stopped = (job.path / "dung").exists()
        last = Progress("cancelled" if stopped else "failed", words=str(error))
    except Exception:  # the thread's last word: the person must not wait for ever
        last = Progress(
            "failed", words="Kiểm tra không hoàn thành được do lỗi của chương trình. Hãy thử lại."
        )
    for path in paths:
        shutil.rmtree(path.parent, ignore_errors=True)
    if job.path.is_dir():
        _write(job.path / "tien-do.json", last.__dict__)


def clean_up(now: float | None = None) -> None:
    """Remove jobs older than a day: collections may hold what is secret."""
    limit = (now or time.time()) - KEEP_SECONDS
    for path in folder().iterdir():
        try:
            if path.stat().st_mtime < limit:
                shutil.rmtree(path, ignore_errors=True)
        except OSError:
            continue
