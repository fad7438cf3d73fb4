"""Files that are not plain text: opened through the reading room, in its locked-down process."""

from __future__ import annotations

from pathlib import Path

from bmnn import reading, sandbox
from bmnn.directives.source import Source, UnreadableFile, checked


def opened(path: Path) -> Source:
    """Text of a PDF, Office, HTML or mail file.

    Raises:
        UnreadableFile: no text could be taken from it; the message says why.
    """
    try:
        with reading.Reader() as reader:
            items = list(reader.items(path))
    except sandbox.SandboxMissing as error:
        raise UnreadableFile(str(error)) from error
    texts = [item for item in items if item.body.strip()]
    if not texts:
        lost = next((item for item in items if item.why), None)
        why = lost.message if lost else "không có chữ nào đọc được"
        raise UnreadableFile(f"Tệp «{path.name}» {why}.")
    notes = tuple(f"Phần «{item.path}» {item.message}." for item in items if item.why)
    source = checked(path.name, "\n\n".join(item.body for item in texts), texts[0].encoding)
    return Source(source.name, source.text, source.encoding, source.scanned, source.notes + notes)
