"""What the program looks at before it opens for work; what is unsafe is refused, in words a clerk
understands."""

from __future__ import annotations

import os
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from bmnn.office.core import recovery, triggers
from bmnn.office.core.clock import trouble
from bmnn.office.core.database import POSTGRES_SETTINGS, PRAGMAS

WARN_FREE, REFUSE_FREE = 0.15, 0.02
REFUSE_BYTES = 100 * 2**20


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `fatal`: the program must not open."""

    code: str
    message: str
    fatal: bool = True


def run(now: datetime | None = None, *, whole: bool = True) -> list[Finding]:
    """Everything that is wrong, the fatal first; [] when the program may open.

    `whole`: also read the whole database file for damage, which takes seconds on a large one (at the start, not
    on a page).
    """
    found = [*_folder(), *_disk()]
    try:
        found += [
            *_settings(),
            *_migrations(),
            *_triggers(),
            *(_integrity() if whole else []),
            *_clock(now or datetime.now(UTC)),
        ]
    except DatabaseError:
        found.append(
            Finding(
                "database",
                "Không đọc được cơ sở dữ liệu. Hãy báo người quản trị máy, không chép đè lên tệp này.",
            )
        )
    words = recovery.state()
    if words:
        found.append(Finding("recovery", words, fatal=False))
    return sorted(found, key=lambda f: not f.fatal)


def _folder() -> list[Finding]:
    folder = Path(settings.DATA)
    if not os.access(folder, os.W_OK):
        return [
            Finding("folder", f"Không ghi được vào thư mục dữ liệu {folder}. Hãy kiểm tra quyền của thư mục.")
        ]
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        return [
            Finding(
                "folder",
                f"Người dùng khác trên máy đọc được thư mục dữ liệu {folder}. Hãy chạy: chmod 700 {folder}",
            )
        ]
    return []


def _disk() -> list[Finding]:
    usage = shutil.disk_usage(settings.DATA)
    share = usage.free / usage.total
    megabytes = usage.free // 2**20
    if usage.free < REFUSE_BYTES or share < REFUSE_FREE:
        return [
            Finding("disk", f"Ổ đĩa sắp đầy, chỉ còn {megabytes} MB. Hãy giải phóng chỗ trống rồi mở lại.")
        ]
    if share < WARN_FREE:
        return [Finding("disk", f"Ổ đĩa còn ít chỗ trống ({share:.0%}). Nên dọn bớt sớm.", fatal=False)]
    return []


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the race in WAL (fixed in 3.51.3, 3.50.7, 3.44.6)."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def _settings() -> list[Finding]:
    if connection.vendor == "postgresql":
        return _server()
    found = []
    with connection.cursor() as cursor:
        for name, wanted in PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}")
            value = str(cursor.fetchone()[0])
            if name == "journal_mode" and value == "memory" and connection.is_in_memory_db():
                continue
            if value != wanted:
                found.append(
                    Finding(
                        "settings",
                        f"Cơ sở dữ liệu mở sai chế độ an toàn ({name} là {value}, phải là {wanted}).",
                    )
                )
            if name == "journal_mode" and value == "wal" and not wal_is_safe(sqlite3.sqlite_version_info[:3]):
                found.append(
                    Finding(
                        "settings",
                        f"Phiên bản SQLite {sqlite3.sqlite_version} có lỗi mất dữ liệu ở chế độ WAL.",
                    )
                )
    options = connection.settings_dict["OPTIONS"]
    if options.get("transaction_mode") != "IMMEDIATE" or connection.settings_dict["ATOMIC_REQUESTS"]:
        found.append(
            Finding("settings", "Chế độ giao dịch của cơ sở dữ liệu không an toàn khi nhiều người cùng ghi.")
        )
    return found


def _server() -> list[Finding]:
    found = []
    with connection.cursor() as cursor:
        for name, wanted in POSTGRES_SETTINGS.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            value = cursor.fetchone()[0]
            if value != wanted:
                words = (
                    f"Máy chủ cơ sở dữ liệu chạy sai chế độ an toàn ({name} là {value}, phải là {wanted})."
                )
                found.append(Finding("settings", words))
    return found


def outdated() -> bool:
    """Whether the tables are those of an older version. Raises DatabaseError."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrations() -> list[Finding]:
    if outdated():
        return [
            Finding(
                "version", "Cơ sở dữ liệu thuộc phiên bản cũ. Hãy chạy: bmnn init (dữ liệu được giữ nguyên)."
            )
        ]
    return []


def _triggers() -> list[Finding]:
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        there = {row[0] for row in cursor.fetchall()}
    if set(triggers.names()) - there:
        return [
            Finding(
                "triggers",
                "Cơ sở dữ liệu mất chốt chống sửa, xóa nhật ký. Hãy chạy bmnn verify và báo kiểm tra.",
            )
        ]
    return []


def _integrity() -> list[Finding]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        if cursor.fetchone()[0] != "ok":
            return [
                Finding("integrity", "Tệp cơ sở dữ liệu bị hỏng. Hãy ngừng nhập và khôi phục từ bản sao lưu.")
            ]
    return []


def _clock(now: datetime) -> list[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT at FROM core_event ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    words = trouble(now, row[0] if row else None)
    # The program opens, so that two persons can confirm the clock; acts stay refused until then.
    return [Finding("clock", words, fatal=False)] if words else []
