"""A scan that runs in the background, in a process of its own; its files, progress, result. Nothing of it is in the
database.

A job is a folder under `tmp/` of the data folder and belongs to one account. Uploaded files are removed as soon as
the scan is over; names and pictures of what was found stay a while, for those who go through the findings.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from bmnn.discovery.scan import background
from bmnn.discovery.signals.plainly import plain
from bmnn.office.core.models import Account
from bmnn.vietnamese import nfc

KEEP_SECONDS = 14 * 24 * 3600
"""How long names and pictures stay: the time to go through them and draw up the minutes."""
MAX_FILES = 200
MAX_BYTES = 4 * 1024 * 1024 * 1024
_UPLOADS = "tep"
_STARTING = 120


def folder() -> Path:
    """Where jobs lie."""
    found: Path = settings.DATA / "tmp" / "ra-soat"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def server_folders() -> list[Path]:
    """Folders of this computer that may be scanned: those below `ra-soat` in the data folder, where the administrator
    puts links to shares."""
    base = settings.DATA / "ra-soat"
    return sorted(p for p in base.iterdir() if p.is_dir()) if base.is_dir() else []


def index_file() -> Path | None:
    """The index of fingerprints of this agency, where there is one."""
    at: Path = settings.DATA / "van-tay" / "chi-muc"
    return at if at.is_file() else None


def mark_key() -> str:
    """The key under which texts are marked, so that «not secret» is remembered. Hex, 32 bytes."""
    secret = str(settings.SECRET_KEY).encode()
    return hmac.new(secret, b"bmnn scan mark", hashlib.sha256).hexdigest()


def known_numbers() -> dict[str, str | None]:
    """Numbers of this agency's secret documents with their levels, as the scan compares them."""
    from bmnn.office.records.models import Item

    rows = (
        Item.objects.exclude(level="")
        .exclude(number="")
        .exclude(symbol="")
        .values_list("number", "symbol", "level")
    )
    return {
        "".join(plain(nfc(f"{number}{'-' if '/' in symbol else '/'}{symbol}")).split()).lstrip("0"): level
        for number, symbol, level in rows
    }


@dataclass(frozen=True)
class Progress:
    """How far a job is. `state`: running, done, failed, cancelled; `stage`: read (files) or ocr (pages)."""

    state: str
    stage: str = ""
    done: int = 0
    total: int = 0
    seconds: float = 0.0
    words: str = ""

    @property
    def percent(self) -> int:
        """0 to 100 of the stage."""
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def unit(self) -> str:
        """What is counted."""
        return "ảnh trang" if self.stage == "ocr" else "tệp"

    @property
    def doing(self) -> str:
        """What the stage does."""
        return {"ocr": "Nhận dạng chữ trên ảnh trang", "read": "Đọc tệp"}.get(self.stage, "Đang bắt đầu")

    @property
    def left(self) -> str:
        """About how long the stage still takes, in words."""
        if self.state != "running" or not self.total or self.done < 3:
            return ""
        seconds = round(self.seconds / self.done * max(0, self.total - self.done))
        return f"còn khoảng {seconds} giây" if seconds < 90 else f"còn khoảng {round(seconds / 60)} phút"


class Job:
    """One scan by one account."""

    def __init__(self, public_id: uuid.UUID) -> None:
        self.id = public_id
        self.path = folder() / str(public_id)

    @classmethod
    def of(cls, account: Account, public_id: uuid.UUID) -> Job | None:
        """The account's job of this id; None for anybody else's, as if it did not exist."""
        job = cls(public_id)
        return job if job.head().get("account") == str(account.public_id) else None

    def head(self) -> dict[str, Any]:
        """What the job is about: account, unit, title, place, sources."""
        return _read(self.path / background.ORDER)

    @property
    def root(self) -> str:
        """What is taken off the front of every path."""
        return str(self.head().get("root", ""))

    def progress(self) -> Progress:
        """How far it is. A job whose process is gone has failed."""
        row = _read(self.path / background.PROGRESS)
        found = Progress(**row) if row else Progress("running")
        if found.state == "running" and not self._alive():
            return Progress("failed", words="Việc rà soát bị dừng giữa chừng. Hãy làm lại.")
        return found

    def result(self) -> dict[str, Any] | None:
        """The whole result; None while there is none, or when it was removed."""
        return _read(self.path / background.RESULT) or None

    def cancel(self) -> None:
        """Ask it to stop; nothing is kept."""
        if self.path.is_dir():
            (self.path / background.STOP).touch()

    def forget(self) -> None:
        """Remove everything of it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _alive(self) -> bool:
        try:
            pid = int((self.path / "pid").read_text())
        except (OSError, ValueError):
            return time.time() - self.path.stat().st_mtime < _STARTING if self.path.is_dir() else False
        try:
            # A finished child stays in the table until it is waited for.
            if os.waitpid(pid, os.WNOHANG)[0] == pid:
                return False
        except (ChildProcessError, AttributeError):
            pass
        return _exists(pid)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def start(
    account: Account,
    head: dict[str, Any],
    day: date,
    files: Iterable[UploadedFile],
    place: Path | None,
    *,
    ocr: bool,
) -> Job:
    """Keep uploaded files, or take a folder of this computer, and start the process. `head` comes back by `head()`."""
    clean_up()
    job = Job(uuid.uuid4())
    job.path.mkdir(mode=0o700)
    root = place
    if root is None:
        root = job.path / _UPLOADS
        root.mkdir(mode=0o700)
        for file in files:
            _keep(root, file)
    at = index_file()
    order = background.order(
        [str(root)],
        day,
        ocr=ocr,
        jobs=max(1, (os.cpu_count() or 2) - 1),
        numbers=known_numbers(),
        index=str(at) if at else "",
        mark_key=mark_key(),
    )
    kept = {**head, "account": str(account.public_id), "root": str(root), "order": order}
    background.write_json(job.path / background.ORDER, kept)
    process = subprocess.Popen(
        [sys.executable, "-m", "bmnn.discovery.scan.background", str(job.path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    (job.path / "pid").write_text(str(process.pid))
    return job


def _keep(root: Path, file: UploadedFile) -> None:
    """Writes one upload under its own name, stripped of folders, made harmless and unique."""
    shown = Path(str(file.name or "tep").replace("\\", "/")).name
    name = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in shown)[-120:] or "tep"
    target = root / name
    number = 1
    while target.exists():
        number += 1
        target = root / f"{number}-{name}"
    with target.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)


def settle(job: Job) -> None:
    """Remove the uploaded files of a job that is over: they may be secret."""
    shutil.rmtree(job.path / _UPLOADS, ignore_errors=True)


def clean_up(now: float | None = None) -> None:
    """Remove jobs past their time."""
    limit = (now or time.time()) - KEEP_SECONDS
    for path in folder().iterdir():
        try:
            if path.stat().st_mtime < limit:
                shutil.rmtree(path, ignore_errors=True)
        except OSError:
            continue
