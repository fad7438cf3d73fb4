"""TAR by the standard library, member by member, without touching the disk."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator

from bmnn.reading.found import Found, Member
from bmnn.reading.model import Unread


def read(found: Found) -> None:
    """Members as they come; links and devices are named, not followed."""
    found.members.append(lambda: _members(found))


def _members(found: Found) -> Iterator[Member]:
    stream = io.BytesIO(found.data)
    with tarfile.open(fileobj=stream, mode="r:", errors="surrogateescape", ignore_zeros=False) as archive:
        seen = 0
        while (info := archive.next()) is not None:
            # The library keeps every header; a flood of them must not fill the memory.
            archive.members = []  # type: ignore[attr-defined]
            seen += 1
            if seen > found.limits.members:
                raise Unread("too_many")
            if info.isdir():
                continue
            name = info.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            if info.issym() or info.islnk():
                yield Member(name, why="link")
            elif not info.isreg():
                yield Member(name, why="not_regular")
            elif info.size > found.budget.room():
                yield Member(name, why="too_large", size=info.size)
            elif info.issparse() and info.size > found.limits.ratio_from + found.limits.ratio * len(
                found.data
            ):
                yield Member(name, why="ratio", size=info.size)
            else:
                data = _content(found.data, archive, info)
                found.budget.spend(len(data))
                yield Member(name, data, None if len(data) == info.size else "damaged")
        rest = stream.read()
        if rest.strip(b"\0"):
            found.notes.add("trailing_data")


def _content(data: bytes, archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    """A member's bytes, as many as there are; only a sparse one must be put together."""
    if not info.issparse():
        return data[info.offset_data : info.offset_data + info.size]
    file = archive.extractfile(info)
    return file.read(info.size) if file else b""
