"""Pages of equal files are recognised once: within a scan, and again in a later one wherever the file lies then."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bmnn.discovery.scan import Options, Silent, scan, scan_box, state_path
from tests.discovery.stamp_pages import Look, page
from tests.reading import build


class Pages(Silent):
    """Counts the pages that are read."""

    def __init__(self) -> None:
        """None yet."""
        self.total = 0

    def stage(self, stage: str, total: int) -> None:
        """See Progress."""
        if stage == "ocr":
            self.total += total


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """One stamped page as a picture."""
    path = tmp_path_factory.mktemp("trang") / "t.png"
    Image.fromarray(page("MẬT", Look(noise=1), 71_001)).save(path, dpi=(200, 200))
    return path.read_bytes()


def of(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Items by path, without it."""
    return {i["path"]: {k: v for k, v in i.items() if k not in ("path", "notes")} for i in result["items"]}


def test_copies_are_read_once_and_all_reported(scanned: bytes, tmp_path: Path) -> None:
    place = tmp_path / "chỗ"
    place.mkdir()
    for name in ("a.png", "b.png", "c.png"):
        (place / name).write_bytes(scanned)
    (place / "d.zip").write_bytes(build.zip_file({"trong.png": scanned, "ghi.txt": b"xin"}))
    count = Pages()
    items = of(scan([place], Options(jobs=2), count))
    found = [items[str(place / name)] for name in ("a.png", "b.png", "c.png", "d.zip!trong.png")]
    assert count.total == 1
    assert found[0]["verdict"] == "suspect" and found[0]["level"] == "MAT" and found[0]["pages_ocr"] == 1
    assert all(item == found[0] for item in found)


def test_a_moved_file_is_known_by_its_bytes(scanned: bytes, tmp_path: Path) -> None:
    place, state = tmp_path / "chỗ", state_path(tmp_path / "r.html")
    place.mkdir()
    (place / "a.png").write_bytes(scanned)
    first = of(scan([place], Options(jobs=1), None, state))
    (place / "mới").mkdir()
    shutil.move(place / "a.png", place / "mới" / "đổi tên.png")
    count = Pages()
    again = of(scan([place], Options(jobs=1), count, state))
    assert count.total == 0
    assert again == {str(place / "mới" / "đổi tên.png"): first[str(place / "a.png")]}


def test_pages_left_unread_are_not_taken_for_known(scanned: bytes, tmp_path: Path) -> None:
    place, state = tmp_path / "chỗ", state_path(tmp_path / "r.html")
    place.mkdir()
    (place / "a.png").write_bytes(scanned)
    scan([place], Options(jobs=1, ocr=False), None, state)
    (place / "a.png").rename(place / "b.png")
    count = Pages()
    items = of(scan([place], Options(jobs=1), count, state))
    assert count.total == 1
    assert items[str(place / "b.png")]["verdict"] == "suspect"


def test_readers_end_with_the_scan_also_when_nothing_is_left_to_read(tmp_path: Path) -> None:
    place, state = tmp_path / "chỗ", state_path(tmp_path / "r.html")
    place.mkdir()
    (place / "a.txt").write_text("Kế hoạch trồng cây")
    for _ in range(2):
        box = scan_box(2)
        processes = [worker._channel.process for worker in box._workers if worker._channel]
        result = scan([place], Options(jobs=2, ocr=False), None, state, box=box)
        assert result["totals"]["clear"] == 1
        assert len(processes) == 2 and all(process.poll() is not None for process in processes)
