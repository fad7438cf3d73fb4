"""A scan in the background: the files taken in, the process that reads them, its result.

Uploaded files are removed as soon as the scan is over; names and pictures of what was found stay a while, for those
who go through the findings.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from bmnn.discovery.scan import background
from bmnn.discovery.signals.plainly import plain
from bmnn.office.core import jobs
from bmnn.office.core.jobs import upload_name
from bmnn.office.core.models import Account
from bmnn.vietnamese import nfc

MAX_FILES = 200
MAX_BYTES = 4 * 1024 * 1024 * 1024
_PROCESS = "pid"
_STARTING = 120


@dataclass(frozen=True)
class Progress(jobs.Progress):
    """How far a scan is. `stage`: read (files) or ocr (pages); `done`, `total` and `seconds` are of the stage."""

    telling: ClassVar[int] = 3

    stage: str = ""

    @property
    def unit(self) -> str:
        """What is counted."""
        return "ảnh trang" if self.stage == "ocr" else "tệp"

    @property
    def doing(self) -> str:
        """What the stage does."""
        return {"ocr": "Nhận dạng chữ trên ảnh trang", "read": "Đọc tệp"}.get(self.stage, "Đang bắt đầu")


class Job(jobs.Job[Progress]):
    """One scan. It runs in a process of its own, which writes its progress and result (`discovery.scan.background`)."""

    place = "ra-soat"
    keep_seconds = 14 * 24 * 3600  # the time to go through names and pictures and draw up the minutes
    broken = "Việc rà soát bị dừng giữa chừng. Hãy làm lại."
    progress_type = Progress

    @property
    def root(self) -> str:
        """What is taken off the front of every path."""
        return str(self.head().get("root", ""))

    def alive(self) -> bool:
        try:
            pid = int((self.path / _PROCESS).read_text())
        except (OSError, ValueError):
            return time.time() - self.path.stat().st_mtime < _STARTING if self.path.is_dir() else False
        try:
            # A finished child stays in the table until it is waited for.
            if os.waitpid(pid, os.WNOHANG)[0] == pid:
                return False
        except (ChildProcessError, AttributeError):
            pass
        return _exists(pid)

    def settle(self) -> None:
        """Remove the uploaded files of a job whose process was ended before it could do so itself."""
        shutil.rmtree(self.path / background.UPLOADS, ignore_errors=True)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


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
    job = Job.fresh()
    root = place
    if root is None:
        root = job.path / background.UPLOADS
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
    job.order(account, {**head, "root": str(root), "order": order})
    process = subprocess.Popen(
        [sys.executable, "-m", "bmnn.discovery.scan.background", str(job.path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    (job.path / _PROCESS).write_text(str(process.pid))
    return job


def _keep(root: Path, file: UploadedFile) -> None:
    """Writes one upload under its own name, stripped of folders, made harmless and unique."""
    shown = upload_name(file, "tep")
    name = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in shown)[-120:] or "tep"
    target = root / name
    number = 1
    while target.exists():
        number += 1
        target = root / f"{number}-{name}"
    with target.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
