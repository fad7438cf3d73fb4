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

from bmnn.office.core.boot import snapshot
from bmnn.office.core.datafolder import DATABASE, durable_name, private_file, why

_UNIT_KEY, _RECOVERY_KEY, _RECIPIENTS = "keys/sao-luu.agekey", "khoa-khoi-phuc.agekey", "keys/nguoi-nhan.txt"
_ALSO = ("keys/server.ed25519", "keys/origin.txt", _RECIPIENTS)
SUFFIX = ".bmnn-backup"


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
        snapshot(data / DATABASE, copy)
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
        raise BadBackup(f"Không ghi được bản sao lưu vào {target}: {why(error)}.") from error
    return path


def _scratch(data: Path) -> Path:
    folder = data / "tmp"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def unpack(sealed: Path, key: Path, folder: Path) -> None:
    """Open a backup into an empty folder, every file checked against the manifest. Raises BadBackup."""
    try:
        identities = [
            pyrage.x25519.Identity.from_str(line)
            for line in key.read_text(encoding="ascii").split()
            if line.startswith("AGE-SECRET-KEY-")
        ]
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise BadBackup(f"Không đọc được khóa {key}.") from error
    try:
        content = pyrage.decrypt(sealed.read_bytes(), identities)
    except OSError as error:
        raise BadBackup(f"Không đọc được tệp {sealed}: {why(error)}.") from error
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


def audit(data: Path, witnesses: Iterable[Path] = ()) -> dict[str, Any]:
    """`bmnn verify` on a folder, in a process of its own. Raises BadBackup when it cannot even run."""
    words = [sys.executable, "-m", "bmnn.cli.main", "verify", "--json", "--quiet", "--data", str(data)]
    for witness in witnesses:
        words += ["--witness", str(witness)]
    environment = {k: v for k, v in os.environ.items() if k not in ("BMNN_DB", "BMNN_DATA")}
    ran = subprocess.run(words, capture_output=True, env=environment, check=False)
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
