"""Backups: a consistent copy with its checkpoints, sealed to two keys (age); it counts only after a restore
test."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyrage

from bmnn.office.core.boot import on_server, snapshot
from bmnn.office.core.datafolder import DATABASE, durable_name, private_file
from bmnn.vietnamese.system import system_words

_UNIT_KEY, _RECOVERY_KEY, _RECIPIENTS = "keys/sao-luu.agekey", "khoa-khoi-phuc.agekey", "keys/nguoi-nhan.txt"
_ALSO = ("keys/server.ed25519", "keys/origin.txt", _RECIPIENTS)
SUFFIX = ".bmnn-backup"
_UNTOUCHED = "Máy chủ được giữ nguyên như trước."


class BadBackup(Exception):
    """A backup that cannot be made or opened; the text says why, in Vietnamese."""


@dataclass(frozen=True)
class Tested:
    """A backup's file and what the restore test of it found (the JSON of `bmnn verify`)."""

    path: Path
    report: dict[str, Any]

    @property
    def counts(self) -> bool:
        """Whether it may be relied upon."""
        return bool(self.report["ok"])


def make_keys(data: Path) -> Path:
    """The unit's backup key and the recovery key that is to be locked away; returns the latter's file."""
    unit, recovery = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    private_file(data / _UNIT_KEY, f"{unit}\n".encode())
    private_file(data / _RECOVERY_KEY, f"{recovery}\n".encode())
    private_file(data / _RECIPIENTS, f"{unit.to_public()}\n{recovery.to_public()}\n".encode())
    return data / _RECOVERY_KEY


def _recipients(data: Path) -> list[Any]:
    try:
        lines = (data / _RECIPIENTS).read_text(encoding="ascii").split()
        keys = [pyrage.x25519.Recipient.from_str(line) for line in lines]
    except (OSError, ValueError, pyrage.RecipientError) as error:
        raise BadBackup(f"Không đọc được danh sách khóa nhận bản sao lưu ({data / _RECIPIENTS}).") from error
    if len(set(lines)) < 2:
        raise BadBackup("Bản sao lưu phải khóa cho hai khóa khác nhau, danh sách chỉ có một.")
    return keys


def make(data: Path, target: Path, notes: str) -> Path:
    """Write one sealed backup into the folder `target`. Works while others write. Raises BadBackup."""
    recipients = _recipients(data)
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory(dir=_scratch(data)) as scratch:
        copy = Path(scratch) / DATABASE
        _database(data, copy)
        parts = {DATABASE: copy.read_bytes(), "checkpoint.txt": notes.encode()}
    for name in _ALSO:
        if (data / name).is_file():
            parts[name] = (data / name).read_bytes()
    for path in sorted((data / "checkpoints").glob("*.txt")):
        parts[f"checkpoints/{path.name}"] = path.read_bytes()
    manifest = {
        "schema_version": 1,
        "made": now.isoformat(),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, sort_keys=True))
        for name, content in parts.items():
            archive.writestr(name, content)
    sealed = pyrage.encrypt(packed.getvalue(), recipients)
    path = target / f"bmnn-{now:%Y%m%d-%H%M%S-%f}{SUFFIX}"
    partial = path.with_suffix(".dang-ghi")
    try:
        target.mkdir(parents=True, exist_ok=True)
        private_file(partial, sealed)
        os.replace(partial, path)
        durable_name(path)
        if hashlib.sha256(path.read_bytes()).digest() != hashlib.sha256(sealed).digest():
            raise BadBackup(f"Đọc lại tệp {path} thấy khác nội dung vừa ghi. Ổ đĩa có thể hỏng.")
    except OSError as error:
        raise BadBackup(f"Không ghi được bản sao lưu vào {target}: {system_words(error)}.") from error
    return path


def _database(data: Path, copy: Path) -> None:
    """The site's database at one moment, as one SQLite file, also where it stands on a server."""
    if not on_server():
        snapshot(data / DATABASE, copy)
        return
    from django.db import DatabaseError

    from bmnn.office.core import transfer

    try:
        transfer.to_file(copy)
    except DatabaseError as error:
        raise BadBackup(
            "Không chép được dữ liệu từ máy chủ PostgreSQL (BMNN_PG): mất kết nối, hoặc cơ sở dữ liệu thuộc phiên "
            "bản khác. Hãy chạy bmnn verify, rồi sao lưu lại."
        ) from error


def _scratch(data: Path) -> Path:
    folder = data / "tmp"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _identities(key: Path) -> list[Any]:
    try:
        return [
            pyrage.x25519.Identity.from_str(line)
            for line in key.read_text(encoding="ascii").split()
            if line.startswith("AGE-SECRET-KEY-")
        ]
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise BadBackup(f"Không đọc được khóa {key}.") from error


def keep_key(data: Path, key: Path) -> bool:
    """Give a restored folder the unit's key again, without which no backup of it can be tested. Opened with the
    recovery key, it gets a new one in place of the key that was lost; the recovery key itself never stays on the
    machine. Returns whether the key is new. Raises BadBackup."""
    used = _identities(key)[0]
    listed = (data / _RECIPIENTS).read_text(encoding="ascii").split()
    new = str(used.to_public()) != listed[0]
    unit = pyrage.x25519.Identity.generate() if new else used
    private_file(data / _UNIT_KEY, f"{unit}\n".encode())
    if new:
        (data / _RECIPIENTS).unlink()
        private_file(data / _RECIPIENTS, f"{unit.to_public()}\n{used.to_public()}\n".encode())
    return new


def unpack(sealed: Path, key: Path, folder: Path) -> None:
    """Open a backup into an empty folder, every file checked against the manifest. Raises BadBackup."""
    try:
        content = pyrage.decrypt(sealed.read_bytes(), _identities(key))
    except OSError as error:
        raise BadBackup(f"Không đọc được tệp {sealed}: {system_words(error)}.") from error
    except pyrage.DecryptError as error:
        raise BadBackup(f"Không mở được {sealed}: sai khóa, hoặc tệp bị hỏng hay bị sửa.") from error
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            for name, wanted in manifest["files"].items():
                part = archive.read(name)
                target = (folder / name).resolve()
                if hashlib.sha256(part).hexdigest() != wanted or folder.resolve() not in target.parents:
                    raise BadBackup(f"Phần «{name}» của {sealed} không khớp bảng kê.")
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                private_file(target, part)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BadBackup(f"Nội dung của {sealed} không phải bản sao lưu của hệ thống này.") from error


def _command(words: list[str]) -> subprocess.CompletedProcess[bytes]:
    """A verb in a process of its own, on the folder's file, also where the machine's site stands on a server."""
    environment = {k: v for k, v in os.environ.items() if k not in ("BMNN_DB", "BMNN_DATA", "BMNN_PG")}
    whole = [sys.executable, "-m", "bmnn.cli.main", *words]
    return subprocess.run(whole, capture_output=True, env=environment, stdin=subprocess.DEVNULL, check=False)


def audit(data: Path, witnesses: Iterable[Path] = ()) -> dict[str, Any]:
    """`bmnn verify` on an opened backup; one of an older version is brought up to this one first. Raises BadBackup
    when it cannot even run."""
    words = ["verify", "--json", "--quiet", "--data", str(data)]
    for witness in witnesses:
        words += ["--witness", str(witness)]
    ran = _command(words)
    if ran.returncode > 1 and _command(["init", "--data", str(data)]).returncode == 0:
        ran = _command(words)
    try:
        return dict(json.loads(ran.stdout))
    except ValueError as error:
        raise BadBackup(
            f"Không kiểm tra được dữ liệu vừa mở: {ran.stderr.decode(errors='replace').strip()}"
        ) from error


def restore_test(data: Path, sealed: Path) -> Tested:
    """Restore a backup into a scratch folder with the unit's key and check everything there. Raises
    BadBackup."""
    with tempfile.TemporaryDirectory(dir=_scratch(data)) as scratch:
        folder = Path(scratch)
        unpack(sealed, data / _UNIT_KEY, folder)
        return Tested(sealed, audit(folder, [folder / "checkpoint.txt"]))


def to_server(folder: Path, report: dict[str, Any], witnesses: Iterable[Path] = ()) -> None:
    """Bring an opened backup's database to the empty server and check it there; all of it or nothing. The file is
    then gone.

    `report`: what `audit` said of the folder; the server's log must say the same. Django must be started on the folder.
    Raises BadBackup.
    """
    from django.db import DatabaseError, connections, transaction

    from bmnn.office.core import transfer, verify

    notes = [path.read_text(encoding="utf-8") for path in witnesses]
    try:
        with transaction.atomic():
            transfer.from_file(folder / DATABASE)
            # The tables were compared with the log on the file; here they only have to be those of the file.
            table = transfer.differing(folder / DATABASE)
            if table:
                raise BadBackup(f"Bảng {table} chép lên máy chủ khác với bản sao lưu. {_UNTOUCHED}")
            there = verify.check(notes, replay=False).as_json()
            if any(there[name] != report[name] for name in ("entries", "root", "unwitnessed")):
                raise BadBackup(f"Nhật ký chép lên máy chủ khác với bản sao lưu. {_UNTOUCHED}")
    except DatabaseError as error:
        raise BadBackup(
            "Không chép được bản sao lưu lên máy chủ PostgreSQL (BMNN_PG): mất kết nối, không đủ quyền tạo bảng, hoặc "
            f"dữ liệu không hợp lệ. {_UNTOUCHED}"
        ) from error
    finally:
        connections.close_all()
    (folder / DATABASE).unlink()
