"""SRUM (SRUDB.dat): bytes each program sent and received, and how long networks were connected."""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import pyesedb

from bmnn.machines import times
from bmnn.machines.artefacts import Given, NotThisKind, reader
from bmnn.machines.model import Evidence, InternetTrace, ProgramTrace

_USAGE = "{973F5D5C-1D90-4944-BE8E-24B94231A174}"
_CONNECTED = "{DD6636C4-8929-4683-974E-22C046A43763}"
MAX_ROWS = 200_000
ENOUGH_RECEIVED = 100_000
"""Bytes received below which a row may be chatter on a local network."""


def is_database(name: str, head: bytes) -> bool:
    """True for every ESE database; which one it is, its tables tell."""
    return head[4:8] == b"\xef\xcd\xab\x89"


@reader("srum", "SRUM", is_database)
def read(item: Given, out: Evidence) -> None:
    """Raises OSError when the database cannot be opened."""
    file = pyesedb.file()
    file.open_file_object(io.BytesIO(item.data))
    try:
        names = {t.name: t for t in file.tables}
        if _USAGE not in names:
            raise NotThisKind
        users = _identities(names.get("SruDbIdMapTable"))
        totals: dict[str, list[Any]] = {}
        rows = 0
        for record in _rows(names[_USAGE]):
            rows += 1
            row = dict(record)
            program = users.get(row.get("AppId"), "")
            slot = totals.setdefault(program, [0, 0, None])
            slot[0] += row.get("BytesSent") or 0
            slot[1] += row.get("BytesRecvd") or 0
            slot[2] = times.latest(slot[2], row.get("TimeStamp"))
        table = sorted(totals.items(), key=lambda kv: (-kv[1][0] - kv[1][1], kv[0]))
        out.facts["network_rows"] = rows
        out.facts["network_usage"] = [
            {"program": p, "sent": s, "received": r, "last": times.iso(t)} for p, (s, r, t) in table[:50]
        ]
        if _CONNECTED in names:
            out.facts["connected_rows"] = names[_CONNECTED].number_of_records
        for program, (sent, received, at) in table:
            if program:
                out.programs.append(ProgramTrace(item.at(f"{_USAGE} {program}"), program, "network", at))
            strength = "strong" if received >= ENOUGH_RECEIVED else "weak"
            detail = f"{program or 'chương trình không rõ tên'}: gửi {sent} byte, nhận {received} byte"
            out.internet.append(InternetTrace(item.at(f"{_USAGE} {program}"), "srum", at, detail, strength))
    finally:
        file.close()


def _rows(table: Any) -> list[list[tuple[str, Any]]]:
    """Rows as (column, value); numbers as int, TimeStamp as UTC."""
    columns = [(i, table.get_column(i).name) for i in range(table.number_of_columns)]
    found = []
    for number in range(min(table.number_of_records, MAX_ROWS)):
        record = table.get_record(number)
        row: list[tuple[str, Any]] = []
        for i, name in columns:
            raw = record.get_value_data(i)
            if raw is None:
                continue
            if name == "TimeStamp" and len(raw) == 8:
                row.append((name, _ole_date(struct.unpack("<d", raw)[0])))
            elif len(raw) in (1, 2, 4, 8):
                row.append((name, int.from_bytes(raw, "little", signed=name == "AppId")))
        found.append(row)
    return found


def _ole_date(days: float) -> datetime | None:
    """Days since 1899-12-30 UTC."""
    try:
        return datetime(1899, 12, 30, tzinfo=UTC) + timedelta(seconds=round(days * 86400))
    except (OverflowError, ValueError):
        return None


def _identities(table: Any) -> dict[Any, str]:
    """Names of programs by their number; ids of users (IdType 3) are not programs."""
    found: dict[Any, str] = {}
    if table is None:
        return found
    columns = {table.get_column(i).name: i for i in range(table.number_of_columns)}
    if not {"IdType", "IdIndex", "IdBlob"} <= set(columns):
        return found
    for number in range(min(table.number_of_records, MAX_ROWS)):
        record = table.get_record(number)
        kind, index = record.get_value_data(columns["IdType"]), record.get_value_data(columns["IdIndex"])
        blob = record.get_value_data(columns["IdBlob"])
        if not index or not blob or (kind and kind[0] == 3):
            continue
        found[int.from_bytes(index, "little", signed=True)] = blob.decode("utf-16-le", "replace").rstrip("\0")
    return found
