"""A check of computers in the background: the collections taken in, the thread that checks them, its result.

The collections are removed as soon as the check is over, the result when it is put on file, both after a day at the
latest.
"""

from __future__ import annotations

import hashlib
import shutil
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from bmnn.machines import CollectionError, ListError, Options, Reader, check
from bmnn.machines.register import Register
from bmnn.office.core import jobs
from bmnn.office.core.jobs import Progress, upload_name
from bmnn.office.core.models import Account
from bmnn.sandbox import SandboxError

MAX_FILES = 20
MAX_BYTES = 8 * 1024 * 1024 * 1024
_WRITE_EVERY = 0.3
_ALIVE = "song"
_SILENT = 300
"""Seconds without a sign of life after which a job counts as broken off: one file may take two minutes."""


class Job(jobs.Job[Progress]):
    """One check. Its thread touches a file while it works, for it may run in another process of the site."""

    place = "kiem-tra-may"
    keep_seconds = 24 * 3600
    broken = "Việc kiểm tra bị dừng giữa chừng. Hãy nạp lại bộ thu thập."
    progress_type = Progress

    def alive(self) -> bool:
        try:
            return time.time() - (self.path / _ALIVE).stat().st_mtime < _SILENT
        except OSError:
            return False

    def sign(self) -> None:
        """A sign of life."""
        (self.path / _ALIVE).touch()


def own_rules() -> Path | None:
    """The agency's own rules of malware beside the database, when it has any: `luat-ma-doc/` (see the guide)."""
    found: Path = settings.DATA / "luat-ma-doc"
    return found if found.is_dir() else None


def start(account: Account, files: Iterable[UploadedFile], head: dict[str, Any], register: Register) -> Job:
    """Keep the uploaded collections and check them in a thread. `head` is given back by `Job.head`."""
    job = Job.fresh()
    collections = [_keep(job.path / f"bo-{n}", file) for n, file in enumerate(files)]
    job.order(account, {**head, "collections": collections})
    job.sign()
    paths = [job.path / f"bo-{n}" / c["file"] for n, c in enumerate(collections)]
    thread = threading.Thread(
        target=_run, args=(job, paths, register), name=f"kiem-tra-{job.id}", daemon=True
    )
    thread.start()
    return job


def _keep(place: Path, file: UploadedFile) -> dict[str, Any]:
    """Writes one upload under a plain name that keeps only its ending; its own name is for display."""
    place.mkdir(mode=0o700)
    shown = upload_name(file, "bo-thu-thap")[:120]
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
    done, written = 0, 0.0

    def tell(path: str) -> None:
        nonlocal done, written
        done += 1
        now = time.monotonic()
        if now - written < _WRITE_EVERY:
            return
        written = now
        job.sign()
        if job.stopped:
            reader.cancel()
            return
        job.tell(Progress("running", done, reader.total, now - began, path[:120]))

    try:
        job.finish(check(paths, Options(register=register, rules=rules), tell, reader=reader))
        last = Progress("done", done, done, time.monotonic() - began)
    except (CollectionError, ListError, SandboxError) as error:
        last = Progress("cancelled" if job.stopped else "failed", words=str(error))
    except Exception:  # the thread's last word: the person must not wait for ever
        last = Progress(
            "failed", words="Kiểm tra không hoàn thành được do lỗi của chương trình. Hãy thử lại."
        )
    for path in paths:
        shutil.rmtree(path.parent, ignore_errors=True)
    if job.path.is_dir():
        job.tell(last)
