"""Where checkpoints are made and kept: in the database, in a folder beside it, and, given out, elsewhere.

Only those kept elsewhere (paper, the upper unit, an inspector) stop somebody who can write to this machine.
"""

from __future__ import annotations

import hashlib
import urllib.parse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from bmnn.ledger import BadNote, Checkpoint, VerifierKey, canonical, fingerprint, split
from bmnn.office.core.clock import moment_of, stamp
from bmnn.office.core.datafolder import private_file
from bmnn.office.core.models import Checkpoint as Row
from bmnn.office.core.models import Event, LogHead

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
    """The signing key; made where nothing was ever signed, never made again where it went missing."""
    path = Path(settings.DATA) / _KEY
    if not path.exists() and not Row.objects.exists():
        make_keys(Path(settings.DATA), "bmnn/don-vi")
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def public_key() -> bytes | None:
    """The key with which this site signs, 32 bytes; None where the key file is missing or broken."""
    try:
        return _key().public_key().public_bytes_raw()
    except (OSError, ValueError):
        return None


def verifier_keys() -> list[VerifierKey]:
    """The public key under the name of every log: what a witness needs to check signatures."""
    public = public_key()
    streams = LogHead.objects.order_by("stream").values_list("stream", flat=True)
    return [VerifierKey(origin(stream), public) for stream in streams] if public else []


def site_name(code: str) -> str:
    """The first part of every log's name, for a unit's code: `bmnn/<code>`."""
    return f"bmnn/{urllib.parse.quote(code, safe='')}"


def site() -> str:
    """The first part of every log's name here."""
    path = Path(settings.DATA) / _ORIGIN
    return path.read_text(encoding="utf-8") if path.exists() else "bmnn/don-vi"


def origin(stream: str) -> str:
    """A log's name for the world: the site's and the stream's."""
    return f"{site()}/{urllib.parse.quote(stream, safe='/')}"


def make(reason: str) -> list[Row]:
    """Sign every log that grew since its last checkpoint; kept in the database and as files. The new ones.

    Raises OSError where the signing key is missing.
    """
    key = _key()
    made = []
    with transaction.atomic():
        latest = {c.stream: c.size for c in Row.objects.order_by("id")}
        for head in LogHead.objects.order_by("stream"):
            if latest.get(head.stream) != head.size:
                signed = Checkpoint(origin(head.stream), head.size, bytes(head.root))
                made.append(
                    Row.objects.create(
                        stream=head.stream,
                        size=head.size,
                        root=signed.root,
                        note=signed.sign(key),
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


def newest(stream: str) -> Row | None:
    """The newest checkpoint of a stream."""
    return Row.objects.filter(stream=stream).order_by("-id").first()


def latest_notes() -> str:
    """The newest checkpoint of every log, one after the other: the text to give to a witness."""
    newest = {c.stream: c.note for c in Row.objects.order_by("id")}
    return "".join(newest[stream] for stream in sorted(newest))


def loose() -> tuple[int, datetime | None]:
    """How many events no checkpoint covers yet, and since when."""
    sizes: dict[str, int] = {}
    for stream, size in Row.objects.order_by("id").values_list("stream", "size"):
        sizes[stream] = size
    total, since = 0, None
    for head in LogHead.objects.all():
        signed = sizes.get(head.stream, 0)
        if head.size > signed:
            total += head.size - signed
            first = Event.objects.values_list("at", flat=True).get(stream=head.stream, seq=signed)
            since = min(since or first, first)
    return total, moment_of(since) if since else None


def make_daily(reason: str = "hằng ngày") -> bool:
    """Sign once a day by itself; whether anything was signed. A missing key is left to the self-check."""
    _, since = loose()
    if since is None or datetime.now(UTC) - since < timedelta(hours=20):
        return False
    try:
        return bool(make(reason))
    except OSError:
        return False


def paper_fingerprint() -> str:
    """One fingerprint of all logs for a slip of paper: that of the text of `latest_notes`."""
    return fingerprint(latest_notes().encode())


def on_paper(printed: str) -> str | None:
    """The checkpoints as they stood when this fingerprint was printed; None when they never stood so."""
    newest: dict[str, str] = {}
    for row in Row.objects.order_by("id"):
        newest[row.stream] = row.note
        text = "".join(newest[stream] for stream in sorted(newest))
        if fingerprint(text.encode()) == printed:
            return text
    return None


def gather(witnesses: Iterable[str], complain: Complain) -> list[Note]:
    """Every checkpoint known: the database's, the folder's, the witnesses'. Bad ones are complained about."""
    found: list[Note] = []
    names = {origin(h): h for h in LogHead.objects.values_list("stream", flat=True)}
    public = public_key()
    if public is None:
        complain("signature", None, f"Mất hoặc hỏng khóa ký {_KEY}: không kiểm tra được chữ ký các bản chốt.")
    folder = Path(settings.DATA) / FOLDER
    in_database: set[str] = set()

    def read(text: str, where: str, *, outside: bool) -> list[Note]:
        return _read(text, where, names, public, complain, outside=outside)

    for row in Row.objects.order_by("id"):
        in_database.add(row.note)
        where = f"Bản chốt số {row.id} trong cơ sở dữ liệu"
        notes = read(row.note, where, outside=False)
        found += notes
        if [(n.stream, n.size, n.root) for n in notes] != [(row.stream, row.size, bytes(row.root))]:
            complain("checkpoint", None, f"{where} bị sửa.")
    for path in sorted(folder.glob("*.txt")) if folder.is_dir() else []:
        text = path.read_text(encoding="utf-8", errors="replace")
        found += read(text, f"Tệp chốt {path.name}", outside=True)
        if text not in in_database:
            complain("checkpoint", None, f"Tệp chốt {path.name} không có trong cơ sở dữ liệu.")
    for text in witnesses:
        found += read(text, "Bản chốt giữ bên ngoài", outside=True)
    return found


def _read(
    text: str, where: str, names: dict[str, str], public: bytes | None, complain: Complain, *, outside: bool
) -> list[Note]:
    parts = split(text)
    if not parts:
        complain("checkpoint", None, f"{where} trống.")
    found = []
    for part in parts:
        try:
            checkpoint, note = Checkpoint.parse(part)
        except BadNote as error:
            complain("checkpoint", None, f"{where}: {error}.")
            continue
        if public is not None:
            try:
                note.check(VerifierKey(checkpoint.origin, public))
            except BadNote:
                words = "chữ ký không phải của máy này hoặc nội dung đã bị sửa"
                complain("signature", None, f"{where}: {words}.")
        prefix = origin("")
        stream = names.get(checkpoint.origin) or urllib.parse.unquote(checkpoint.origin.removeprefix(prefix))
        found.append(Note(stream, checkpoint.size, checkpoint.root, where, outside))
    return found


def site_root(heads: dict[str, tuple[int, bytes]]) -> bytes:
    """One fingerprint over all logs: the hash of the list of (stream, size, root), sorted by stream."""
    listed: list[Any] = [
        {"stream": stream, "size": size, "root": root.hex()} for stream, (size, root) in sorted(heads.items())
    ]
    return hashlib.sha256(canonical(listed).encode()).digest()
