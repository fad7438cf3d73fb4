"""A listing of a stick's files (`danh-sach-tep*.csv`): path;size;attributes;created;modified;sha256 — names
only."""

from __future__ import annotations

import csv
import io

from bmnn.machines.artefacts import Given, reader
from bmnn.machines.artefacts.setupapi import decode
from bmnn.machines.model import Evidence, ListedFile

MAX_ROWS = 200_000


@reader(
    "listing",
    "Danh sách tệp của USB",
    lambda name, head: (
        (name.startswith("danh-sach-tep") and name.endswith(".csv"))
        or head.removeprefix(b"\xef\xbb\xbf").startswith(b"path;size;attributes")
    ),
)
def read(item: Given, out: Evidence) -> None:
    """Raises ValueError when the heading has no column `path`."""
    text = decode(item.data)
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.split("\n", 1)[0] else ",")
    if "path" not in [str(n).strip().casefold() for n in rows.fieldnames or []]:
        raise ValueError("danh sách tệp không có cột «path»")
    for number, raw in enumerate(rows, 2):
        if number > MAX_ROWS:
            out.note(f"danh sách có hơn {MAX_ROWS} dòng; phần còn lại chưa được kiểm tra", partly=True)
            break
        row = {str(k).strip().casefold(): str(v or "") for k, v in raw.items() if k}
        flags = row.get("attributes", "").casefold()
        size = row.get("size", "")
        out.listed.append(
            ListedFile(
                item.at(f"dòng {number}"),
                row["path"],
                is_dir="directory" in flags or flags.startswith("d"),
                size=int(size) if size.isdigit() else 0,
                hidden="hidden" in flags or "h" in flags.split(),
                system="system" in flags or "s" in flags.split(),
                sha256=row.get("sha256", "").lower(),
                medium=item.name,
            )
        )
    out.facts["files"] = len(out.listed)
