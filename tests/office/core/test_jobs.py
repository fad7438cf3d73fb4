"""Work in the background: whose it is, what is said while it runs, when it breaks off and when it is over."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from bmnn.discovery.scan import background
from bmnn.office.core import jobs
from bmnn.office.core.jobs import Job, Progress, upload_name
from tests.cast import Cast


class Work(Job[Progress]):
    """A kind of work made up here; it lives while its file says so."""

    place = "viec-thu"
    keep_seconds = 3600
    broken = "Việc thử bị dừng giữa chừng."
    progress_type = Progress

    def alive(self) -> bool:
        return (self.path / "song").exists()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    yield tmp_path


@pytest.mark.django_db
def test_a_job_is_its_owners_alone(data: Path) -> None:
    cast = Cast()
    owner, other = cast.accounts["van_thu"], cast.accounts["thu_truong"]
    job = Work.fresh()
    assert Work.of(owner, job.id) is None, "a folder without an order belongs to nobody"
    job.order(owner, {"title": "Quý II"})
    found = Work.of(owner, job.id)
    assert found is not None and found.head()["title"] == "Quý II"
    assert Work.of(other, job.id) is None
    assert job.path.stat().st_mode & 0o077 == 0 and job.path.is_relative_to(data / "tmp" / "viec-thu")


def test_a_job_that_stopped_without_a_word_has_failed_and_one_that_said_so_has_not(data: Path) -> None:
    job = Work.fresh()
    assert job.progress() == Progress("failed", words=Work.broken)
    (job.path / "song").touch()
    assert job.progress() == Progress("running")
    job.tell(Progress("running", 3, 10, 2.0, "a.zip"))
    assert job.progress().percent == 30
    (job.path / "song").unlink()
    assert job.progress().state == "failed"
    job.tell(Progress("cancelled", words="Đã dừng."))
    assert job.progress().words == "Đã dừng."


@pytest.mark.parametrize(
    ("done", "seconds", "words"),
    [
        (4, 4.0, ""),
        (5, 5.0, "còn khoảng 5 giây"),
        (5, 500.0, "còn khoảng 8 phút"),
        (12, 5.0, "còn khoảng 0 giây"),
    ],
)
def test_the_rest_is_told_once_enough_is_done(done: int, seconds: float, words: str) -> None:
    assert Progress("running", done, 10, seconds).left == words
    assert Progress("done", done, 10, seconds).left == ""


def test_nothing_is_told_of_an_unknown_total() -> None:
    assert (Progress("running", 50, 0, 9.0).percent, Progress("running", 50, 0, 9.0).left) == (0, "")


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00"])
def test_a_damaged_file_counts_as_none(text: str, data: Path) -> None:
    job = Work.fresh()
    (job.path / jobs.RESULT).write_text(text, "utf-8")
    assert job.result() is None


def test_stopping_a_job_that_is_gone_makes_no_folder(data: Path) -> None:
    job = Work.fresh()
    job.cancel()
    assert job.stopped
    job.forget()
    job.cancel()
    assert not job.path.exists() and not job.stopped


def test_only_jobs_past_their_time_go(data: Path) -> None:
    old, new = Work.fresh(), Work.fresh()
    past = time.time() - Work.keep_seconds - 5
    os.utime(old.path, (past, past))
    assert Work.fresh().path.is_dir()
    assert not old.path.exists() and new.path.exists()


@pytest.mark.parametrize("sent", ["tệp.zip", "C:\\Users\\an\\tệp.zip", "../../tệp.zip"])
def test_an_upload_loses_its_folders(sent: str) -> None:
    file = SimpleUploadedFile("x", b"1")
    file._name = sent  # as a browser may send it, before Django looks at it
    assert upload_name(file, "tệp") == "tệp.zip"


def test_the_process_of_a_scan_writes_the_files_a_job_reads(data: Path) -> None:
    job = Work.fresh()
    (job.path / "song").touch()
    background.write_json(job.path / background.PROGRESS, {"state": "running", "done": 1, "total": 2})
    background.write_json(job.path / background.RESULT, {"totals": {}, "items": []})
    assert (job.progress().percent, job.result()) == (50, {"totals": {}, "items": []})
    job.cancel()
    assert (job.path / background.STOP).exists()
    job._write(jobs.ORDER, {"order": {}})
    assert json.loads((job.path / background.ORDER).read_text("utf-8")) == {"order": {}}
