"""WebCacheV01.dat: visits of Internet Explorer and old Edge, and documents opened from this computer.

Windows writes `file:///` entries here for every document opened from Explorer, whichever browser is in use.
"""

from __future__ import annotations

import io
import struct
from typing import Any
from urllib.parse import unquote

import pyesedb

from bmnn.machines import times
from bmnn.machines.artefacts import Given, NotThisKind, reader
from bmnn.machines.artefacts.srum import is_database
from bmnn.machines.hosts import inside, web_host
from bmnn.machines.model import Evidence, InternetTrace, OpenedFile

MAX_ROWS = 20_000


@reader("webcache", "Lịch sử Internet Explorer, Edge cũ (WebCache)", is_database)
def read(item: Given, out: Evidence) -> None:
    """Raises OSError when the database cannot be opened."""
    file = pyesedb.file()
    file.open_file_object(io.BytesIO(item.data))
    try:
        tables = {t.name: t for t in file.tables}
        if "Containers" not in tables:
            raise NotThisKind
        visits = 0
        for number, kind in sorted(_containers(tables["Containers"]).items()):
            table = tables.get(f"Container_{number}")
            if table is not None and kind.casefold().startswith(("history", "mshist")):
                visits += _history(item, table, f"Container_{number}", MAX_ROWS - visits, out)
        out.facts["visits"] = visits
        if visits >= MAX_ROWS:
            out.note(f"chỉ đọc {MAX_ROWS} lượt truy cập đầu", partly=True)
    finally:
        file.close()


def _containers(table: Any) -> dict[int, str]:
    """Numbers and names of the containers."""
    columns = _columns(table)
    found = {}
    for row in range(table.number_of_records):
        record = table.get_record(row)
        number = record.get_value_data(columns["ContainerId"])
        name = record.get_value_data(columns["Name"])
        if number and name:
            found[int.from_bytes(number, "little")] = _text(name)
    return found


def _columns(table: Any) -> dict[str, int]:
    return {table.get_column(i).name: i for i in range(table.number_of_columns)}


def _text(data: bytes) -> str:
    return data.decode("utf-16-le", "replace").rstrip("\0")


def _history(item: Given, table: Any, name: str, most: int, out: Evidence) -> int:
    """Rows of one container: `Visited: nguoi@https://…`, `:2024…: nguoi@file:///D:/…`."""
    columns = _columns(table)
    if not {"Url", "AccessedTime"} <= set(columns):
        return 0
    rows = min(int(table.number_of_records), most)
    for row in range(rows):
        record = table.get_record(row)
        raw, stamp = record.get_value_data(columns["Url"]), record.get_value_data(columns["AccessedTime"])
        if not raw:
            continue
        address = address_of(_text(raw))
        at = times.filetime(struct.unpack("<Q", stamp)[0]) if stamp and len(stamp) == 8 else None
        source = item.at(f"{name}#{row}")
        if address.casefold().startswith("file:///"):
            path = unquote(address[8:]).replace("/", "\\")
            out.opened.append(OpenedFile(source, path, at=at, how="webcache"))
        elif host := web_host(address):
            strength = "weak" if inside(host) else "strong"
            out.internet.append(InternetTrace(source, "visit", at, host, strength))
    return rows


def address_of(entry: str) -> str:
    """The address in an entry of the history: what stands after the name of the user."""
    head, at, rest = entry.partition("@")
    return rest if at and (head.startswith(("Visited:", ":")) or "://" not in head) else entry
