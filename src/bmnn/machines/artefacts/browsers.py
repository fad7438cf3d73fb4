"""History of Chromium-like browsers (Chrome, Edge, Cốc Cốc) and of Firefox, read from a copy in memory.

Visits to web addresses show that the Internet (or a web server) was reached; `file:` addresses are documents
opened from this computer; bookmarks are not visits and are not read.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from urllib.parse import unquote, urlsplit

from bmnn.machines import sqlite_wal, times
from bmnn.machines.artefacts import Given, NotThisKind, reader
from bmnn.machines.hosts import inside
from bmnn.machines.model import Evidence, InternetTrace, OpenedFile

MAX_ROWS = 20_000
_CHROME_VISITS = (
    "SELECT v.id, u.url, u.title, v.visit_time FROM visits v JOIN urls u ON u.id = v.url "
    "ORDER BY v.visit_time LIMIT ?"
)
_FIREFOX_VISITS = (
    "SELECT v.id, p.url, p.title, v.visit_date FROM moz_historyvisits v "
    "JOIN moz_places p ON p.id = v.place_id ORDER BY v.visit_date LIMIT ?"
)


@reader("browser", "Lịch sử trình duyệt", lambda name, head: head[:16] == b"SQLite format 3\0")
def read(item: Given, out: Evidence) -> None:
    """Raises sqlite3.Error on a damaged database; rows already read stay."""
    merged, frames = sqlite_wal.apply(item.data, item.wal)
    if frames:
        out.facts["wal_frames"] = frames
    elif item.wal.strip(b"\0"):
        out.note("nhật ký -wal đi kèm không dùng được; lượt truy cập gần đây có thể thiếu", partly=True)
    data = bytearray(merged)
    if data[18:20] == b"\x02\x02":
        # A copy taken without its -wal file still says "write-ahead log"; memory has no such file.
        data[18:20] = b"\x01\x01"
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("PRAGMA trusted_schema = OFF")
        db.deserialize(bytes(data))
        db.execute("PRAGMA query_only = ON")
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if {"urls", "visits"} <= tables:
            out.facts["urls"] = _count(db, "urls")
            _visits(item, db, _CHROME_VISITS, True, out)
            if "downloads" in tables:
                out.facts["downloads"] = _count(db, "downloads")
                _downloads(item, db, out)
        elif {"moz_places", "moz_historyvisits"} <= tables:
            out.facts["places"] = _count(db, "moz_places")
            _visits(item, db, _FIREFOX_VISITS, False, out)
        else:
            raise NotThisKind


def _count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own words


def _visits(item: Given, db: sqlite3.Connection, query: str, chromium: bool, out: Evidence) -> None:
    visits = 0
    hosts: dict[str, int] = {}
    first = None
    for number, url, title, micros in db.execute(query, (MAX_ROWS,)):
        visits += 1
        epoch = times.FILETIME_EPOCH if chromium else times.UNIX_EPOCH
        at = times.from_micros(int(micros or 0), epoch)
        first = first or at
        source = item.at(f"visits#{number}")
        try:
            parts = urlsplit(str(url))
        except ValueError:
            continue
        if parts.scheme == "file":
            out.opened.append(OpenedFile(source, _local(parts.netloc, parts.path), at=at, how="browser"))
        elif parts.scheme in ("http", "https", "ftp") and parts.hostname:
            hosts[parts.hostname] = hosts.get(parts.hostname, 0) + 1
            strength = "weak" if inside(parts.hostname) else "strong"
            detail = f"{parts.hostname} «{str(title or '')[:120]}»"
            out.internet.append(InternetTrace(source, "visit", at, detail, strength))
    out.facts.update(visits=visits, hosts=sorted(hosts, key=lambda h: (-hosts[h], h))[:50])
    if first:
        out.facts["first"] = times.iso(first)
    if visits >= MAX_ROWS:
        out.note(f"chỉ đọc {MAX_ROWS} lượt truy cập đầu", partly=True)


def _local(host: str, path: str) -> str:
    text = unquote(path).replace("/", "\\")
    if host:
        return f"\\\\{host}{text}"
    return text.lstrip("\\") if len(text) > 2 and text[2:3] == ":" else text


def _downloads(item: Given, db: sqlite3.Connection, out: Evidence) -> None:
    columns = {row[1] for row in db.execute("PRAGMA table_info(downloads)")}
    if not {"target_path", "start_time"} <= columns:
        return
    rows = db.execute("SELECT id, target_path, start_time, total_bytes FROM downloads LIMIT ?", (MAX_ROWS,))
    for number, target, micros, size in rows:
        at = times.from_micros(int(micros or 0), times.FILETIME_EPOCH)
        detail = f"tải về {target} ({size} byte)"
        out.internet.append(InternetTrace(item.at(f"downloads#{number}"), "download", at, detail))
