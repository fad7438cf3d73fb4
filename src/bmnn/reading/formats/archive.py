"""ZIP packages: office documents when they are ones, else an archive with members."""

from __future__ import annotations

from collections.abc import Iterator

from bmnn.reading.formats import odf, opc
from bmnn.reading.found import Found, Member
from bmnn.reading.zipread import Zip

_LEAST = 16
"""Bytes before or after an archive that are worth a look."""


def read(found: Found) -> None:
    """Decide by the names inside; bytes before and after the archive are members too."""
    archive = Zip(found.data, found.budget)
    if archive.broken:
        found.fail("damaged")
    office = opc.kind(archive)
    if office:
        found.type = office
        opc.read(found, archive)
    elif document := odf.is_odf(archive):
        found.type = document
        odf.read(found, archive)
    else:
        found.members.append(lambda: _members(found, archive))
    found.members.append(lambda: _outside(found, archive))
    if archive.lead >= _LEAST:
        found.notes.add("leading_data")
    if archive.trail >= _LEAST:
        found.notes.add("trailing_data")


def _members(found: Found, archive: Zip) -> Iterator[Member]:
    yield from opc.members_of(archive, (entry for entry in archive.entries if not entry.folder))


def _outside(found: Found, archive: Zip) -> Iterator[Member]:
    if archive.lead >= _LEAST and found.type == "application/zip":
        yield Member("(dữ liệu phía trước)", found.data[: archive.lead])
    if archive.trail >= _LEAST:
        yield Member("(dữ liệu phía sau)", found.data[len(found.data) - archive.trail :])
