"""Reads the items of a collection one by one: which kind each is, its hash, its traces, its marks of malware.

This part runs on hostile bytes: in the locked-down worker (`boxed`), or in the same process for a library
user who trusts the files. Nothing here judges.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from bmnn.machines import malware
from bmnn.machines.artefacts import HEAD, Given, NotThisKind, Reader, recognise
from bmnn.machines.collection import Collection, CollectionError, Item
from bmnn.machines.model import Artefact, Evidence, Source

MAX_SCAN = 64 * 1024 * 1024
_UNSCANNED = {"registry", "evtx", "setupapi", "browser", "srum", "webcache", "prefetch", "manifest"}
_LOGS = (".log", ".log1", ".log2", "-wal", "-shm", "-journal")


@dataclass
class Found:
    """What one item gave. `artefact` is None for files that are no artefact and carry no mark."""

    number: int
    path: str
    raw: str
    artefact: Artefact | None = None
    evidence: Evidence | None = None
    too_large: bool = False


def stream(
    collection: Collection, rules: malware.Rules, start: int = 0, share: int = 0, shares: int = 1
) -> Iterator[Found]:
    """Every item from number `start` on, one after the other; with `shares` only those of one's own share."""
    for number in range(start, len(collection.items)):
        if number % shares == share:
            yield read_item(collection, number, rules)


def read_item(collection: Collection, number: int, rules: malware.Rules) -> Found:
    """One item; never raises for what the item holds."""
    item = collection.items[number]
    found = Found(number, item.path, item.raw)
    readers = recognise(item.name, item.head(HEAD))
    if item.trouble:
        found.artefact = Artefact(item.path, "file", "", "unreadable", item.trouble)
        found.evidence = Evidence()
        return found
    if not readers and item.name.casefold().endswith(_LOGS):
        return found
    if not readers and item.size > MAX_SCAN:
        found.too_large = True
        return found
    kind = readers[0].kind if readers else "file"
    out = Evidence()
    try:
        data = item.read()
    except CollectionError as error:
        found.artefact, found.evidence = Artefact(item.path, kind, "", "unreadable", str(error)), out
        return found
    digest = hashlib.sha256(data).hexdigest()
    status = "read"
    for reader in readers:
        out = Evidence()
        kind = reader.kind
        try:
            status = _read(reader, collection, item, data, out)
            break
        except NotThisKind:
            kind, status, out = "file", "read", Evidence()
    if kind not in _UNSCANNED:
        out.marks += malware.scan(rules, Source(item.path, "nội dung tệp"), data, digest)
    elif digest in rules.hashes:
        only = malware.Rules(hashes=rules.hashes)
        out.marks += malware.scan(only, Source(item.path, "nội dung tệp"), b"", digest)
    if kind == "file" and not out.marks:
        return found
    found.artefact = Artefact(item.path, kind, digest, status, "; ".join(out.notes), out.facts)
    found.evidence = out
    return found


def _read(reader: Reader, collection: Collection, item: Item, data: bytes, out: Evidence) -> str:
    """Lets one reader read; gives the status. Raises NotThisKind."""
    given = Given(item.path, item.name, data)
    if reader.kind == "registry":
        for suffix in (".LOG1", ".LOG2", ".LOG"):
            log = _beside(collection, item, suffix, out)
            given.logs += [log] if log else []
    if reader.kind == "browser":
        given.wal = _beside(collection, item, "-wal", out)
    try:
        reader.read(given, out)
    except NotThisKind:
        raise
    except Exception as error:  # a bad artefact must not stop the check, whatever its parser raises
        out.note(f"không đọc được nội dung ({_words(error)})")
        return "partly" if _has_traces(out) else "unreadable"
    return "partly" if out.partly else "read"


def _beside(collection: Collection, item: Item, suffix: str, out: Evidence) -> bytes:
    beside = collection.sibling(item, suffix)
    if beside is None:
        return b""
    try:
        return beside.read()
    except CollectionError:
        out.note(f"không đọc được nhật ký đi kèm {suffix}", partly=True)
        return b""


def _words(error: Exception) -> str:
    """Vietnamese words of our own errors; the type alone for errors of libraries."""
    text = str(error)
    return text if not text.isascii() else f"tệp hỏng, cụt hoặc sai định dạng: {type(error).__name__}"


def _has_traces(e: Evidence) -> bool:
    parts = (e.devices, e.networks, e.internet, e.programs, e.opened, e.clock, e.cleared, e.marks, e.listed)
    return any(parts)
