"""Files that are not plain text: opened, and read from their pictures, in a locked-down process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bmnn import reading
from bmnn.directives.source import Source, UnreadableFile, checked
from bmnn.sandbox import Box, Limits, SandboxError, SandboxMissing

_SECONDS_A_PAGE = 60


def opened(path: Path, progress: Callable[[str], None] | None = None) -> Source:
    """Text of a PDF, Office, HTML, mail or picture file; scans are read with the OCR of this machine.

    Raises:
        UnreadableFile: no text could be taken from it; the message says why.
    """
    try:
        with reading.Reader() as reader:
            items = list(reader.items(path))
        texts = [item.body for item in items if item.body.strip()]
        more: tuple[str, ...] = ()
        scanned = any(_has_pictures(item) for item in items)
        if scanned:
            read, more = _recognised(path, progress)
            texts = read or texts
    except SandboxMissing as error:
        raise UnreadableFile(str(error)) from error
    lost = [item for item in items if item.why]
    if not any(t.strip() for t in texts):
        why = lost[0].message if lost else "không có chữ nào đọc được"
        raise UnreadableFile(f"Tệp «{path.name}» {why}.")
    notes = tuple(f"Phần «{item.path}» {item.message}." for item in lost)
    encoding = next((item.encoding for item in items if item.encoding), None)
    source = checked(path.name, "\n\n".join(texts), encoding)
    return Source(source.name, source.text, source.encoding, scanned, source.notes + notes + more)


def _has_pictures(item: reading.Item) -> bool:
    """Whether some page shows little text, so that its picture must be read."""
    if item.type.startswith("image/"):
        return True
    return any(
        sum(c.isalpha() for c in item.text[p.start : p.end]) < 60 or (p.image_share or 0) >= 0.25
        for p in item.pages
    )


def _recognised(path: Path, progress: Callable[[str], None] | None) -> tuple[list[str], tuple[str, ...]]:
    """(texts, notes) by the OCR; no texts and a note when it cannot run here or ran out of time."""
    texts: list[str] = []

    def take(value: Any) -> None:
        if "page" in value and progress:
            progress(f"Đang nhận dạng trang {value['page']}/{value['of']}")
        if value.get("text", "").strip():
            texts.append(value["text"])

    try:
        limits = Limits(wall=_SECONDS_A_PAGE, cpu=_SECONDS_A_PAGE)
        with Box("bmnn.directives.scans:serve", limits, setup="bmnn.reading.ocr:load") as box:
            outcome = box.call(paths=[path], argument={"name": path.name}, on_item=take)
    except SandboxMissing:
        raise
    except SandboxError as error:
        return [], (f"Không nhận dạng được chữ trong ảnh: {error}",)
    if not outcome.ok:
        return texts, (f"Nhận dạng ảnh chưa xong: {outcome.message}; phần còn lại CHƯA đọc.",)
    return texts, ()
