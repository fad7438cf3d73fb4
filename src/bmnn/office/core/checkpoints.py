"""Where checkpoints are made and kept: in the database, in a folder beside it, and, given out, elsewhere.

Only those kept elsewhere (paper, the upper unit, an inspector) stop somebody who can write to this machine.
"""

from __future__ import annotations

import hashlib
import urllib.parse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from bmnn.office.core import notes
from bmnn.office.core.clock import stamp
from bmnn.office.core.datafolder import private_file
from bmnn.office.core.leaf import canonical
from bmnn.office.core.models import Checkpoint, LogHead

FOLDER = "checkpoints"
_KEY, _ORIGIN = "keys/server.ed25519", "keys/origin.txt"
Complain = Callable[[str, int | None, str], None]


@dataclass(frozen=True)
class Note:
    """A checkpoint that was found. `outside`: it came from beyond the database; `where` in words."""

    stream: str
    size: int
    root: bytes
    where: str
    outside: bool


def make_keys(data: Path, origin: str) -> None:
    """The server's signing key and the site's name, once. An existing key stays."""
    (data / "keys").mkdir(mode=0o700, exist_ok=True)
    if not (data / _KEY).exists():
        private_file(data / _KEY, Ed25519PrivateKey.generate().private_bytes_raw())
    if not (data / _ORIGIN).exists():
        private_file(data / _ORIGIN, origin.encode())


def _key() -> Ed25519PrivateKey:
    path = Path(settings.DATA) / _KEY
    if not path.exists():
        make_keys(Path(settings.DATA), "bmnn/don-vi")
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def public_key() -> bytes:
    """The key with which this site signs, 32 bytes."""
    return _key().public_key().public_bytes_raw()


def origin(stream: str) -> str:
    """A log's name for the world: the site's and the stream's."""
    path = Path(settings.DATA) / _ORIGIN
    site = path.read_text(encoding="utf-8") if path.exists() else "bmnn/don-vi"
    return f"{site}/{urllib.parse.quote(stream, safe='/')}"


def make(reason: str) -> list[Checkpoint]:
    """Sign every log that grew since its last checkpoint; kept in the database and as files. The new ones."""
    key = _key()
    made = []
    with transaction.atomic():
        latest = {c.stream: c.size for c in Checkpoint.objects.order_by("id")}
        for head in LogHead.objects.order_by("stream"):
            if latest.get(head.stream) != head.size:
                root = bytes(head.root)
                made.append(
                    Checkpoint.objects.create(
                        stream=head.stream,
                        size=head.size,
                        root=root,
                        note=notes.sign(origin(head.stream), head.size, root, key),
                        made=stamp(datetime.now(UTC)),
                        reason=reason,
                    )
                )
    folder = Path(settings.DATA) / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    for checkpoint in made:
        name = hashlib.sha256(checkpoint.stream.encode()).hexdigest()[:16]
        path = folder / f"{name}-{checkpoint.size}.txt"
        if not path.exists():
            private_file(path, checkpoint.note.encode())
    return made


def latest_notes() -> str:
    """The newest checkpoint of every log, one after the other: the text to give to a witness."""
    newest = {c.stream: c.note for c in Checkpoint.objects.order_by("id")}
    return "".join(newest[stream] for stream in sorted(newest))


def gather(witnesses: Iterable[str], complain: Complain) -> list[Note]:
    """Every checkpoint known: the database's, the folder's, the witnesses'. Bad ones are complained about."""
    found: list[Note] = []
    names = {origin(h): h for h in LogHead.objects.values_list("stream", flat=True)}
    folder = Path(settings.DATA) / FOLDER
    in_database: set[str] = set()
    for row in Checkpoint.objects.order_by("id"):
        in_database.add(row.note)
        found += _read(row.note, f"Bản chốt số {row.id} trong cơ sở dữ liệu", names, complain, outside=False)
        if notes.split(row.note) and _differs(row):
            complain("checkpoint", None, f"Bản chốt số {row.id} trong cơ sở dữ liệu bị sửa.")
    for path in sorted(folder.glob("*.txt")) if folder.is_dir() else []:
        text = path.read_text(encoding="utf-8", errors="replace")
        found += _read(text, f"Tệp chốt {path.name}", names, complain, outside=True)
        if text not in in_database:
            complain("checkpoint", None, f"Tệp chốt {path.name} không có trong cơ sở dữ liệu.")
    for text in witnesses:
        found += _read(text, "Bản chốt giữ bên ngoài", names, complain, outside=True)
    return found


def _differs(row: Checkpoint) -> bool:
    name, size, root = notes.parse(row.note)
    return (name, size, root) != (origin(row.stream), row.size, bytes(row.root))


def _read(text: str, where: str, names: dict[str, str], complain: Complain, *, outside: bool) -> list[Note]:
    parts = notes.split(text)
    if not parts:
        complain("checkpoint", None, f"{where} không đọc được.")
    found = []
    public = public_key()
    for part in parts:
        try:
            name, size, root = notes.parse(part)
        except notes.BadNote as error:
            complain("checkpoint", None, f"{where}: {error}.")
            continue
        if not notes.signed_by(part, public):
            complain("signature", None, f"{where}: chữ ký không phải của máy này hoặc nội dung đã bị sửa.")
        prefix = origin("")
        stream = names.get(name) or urllib.parse.unquote(name.removeprefix(prefix))
        found.append(Note(stream, size, root, where, outside))
    return found


def site_root(heads: dict[str, tuple[int, bytes]]) -> bytes:
    """One fingerprint over all logs: the hash of the list of (stream, size, root), sorted by stream."""
    listed: list[Any] = [
        {"stream": stream, "size": size, "root": root.hex()} for stream, (size, root) in sorted(heads.items())
    ]
    return hashlib.sha256(canonical(listed).encode()).digest()
