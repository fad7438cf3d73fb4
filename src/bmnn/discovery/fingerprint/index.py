"""The index file: keyed hashes of registered documents, no text. One file, replaced whole and atomically.

Layout: the line `bmnn-fingerprints 1`, the length of a JSON head in ASCII and a line end, the head, then the arrays
it names, each at its offset, little-endian. Document identifiers are plain; titles and syllable offsets (which
would betray word lengths) are sealed with the key.
"""

from __future__ import annotations

import json
import os
import secrets
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bmnn.discovery.fingerprint.keys import Key, KeyProblem
from bmnn.discovery.fingerprint.postings import Postings
from bmnn.discovery.fingerprint.shingles import Mode, kept, one_way, shingle, soft
from bmnn.vietnamese.system import system_words

_MAGIC = b"bmnn-fingerprints 1\n"
SOFT = np.uint32(1 << 31)
"""Bit of a place: the run there is a set phrase, which proves nothing by itself."""
_HEAD = {"key_check", "salt", "mode", "bits", "arrays", "documents"}
_ARRAYS = ("directory", "rest", "document", "place")


class IndexProblem(Exception):
    """The index cannot be read or changed; the text says why in Vietnamese."""


@dataclass
class Document:
    """One registered document: its identifier, how many distinct telling shingles it has and how many of them the
    index keeps, its length in syllables, and what is sealed."""

    id: str
    distinct: int
    kept: int
    syllables: int
    sealed: str
    _opened: tuple[str, NDArray[np.int32]] | None = field(default=None, repr=False)

    def open(self, key: Key) -> tuple[str, NDArray[np.int32]]:
        """Title and the character offset of every syllable (the last one: the text's length)."""
        if self._opened is None:
            held = json.loads(zlib.decompress(key.unseal(bytes.fromhex(self.sealed), self.id)))
            starts = np.cumsum(np.array(held["steps"], np.int32), dtype=np.int32)
            self._opened = (str(held["title"]), starts)
        return self._opened


@dataclass
class Index:
    """Registered documents and their postings under one key."""

    key: Key
    documents: list[Document]
    postings: Postings
    mode: Mode = "paragraph"
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @classmethod
    def empty(cls, key: Key, *, mode: Mode = "paragraph", salt: bytes | None = None) -> Index:
        """A new index; `mode` says which shingles it keeps (see `shingles.kept`)."""
        none64, none32 = np.zeros(0, np.uint64), np.zeros(0, np.uint32)
        postings = Postings.build(none64, none32, none32)
        return cls(key, [], postings, mode, salt or secrets.token_bytes(16))

    def add(self, texts: Iterable[tuple[str, str, str]]) -> list[str]:
        """Register documents given as (id, title, text). An id already there is replaced.

        Returns: the ids of documents too short to be recognised (no telling shingle); they are not registered.
        """
        given = {doc_id: (title, text) for doc_id, title, text in texts}
        self.remove([doc_id for doc_id in given if any(d.id == doc_id for d in self.documents)])
        columns = [(self.postings.hashes_of(), self.postings.document, self.postings.place)]
        too_short = []
        for doc_id, (title, text) in given.items():
            made = shingle(text)
            weak = soft(text, made)
            if weak.all():
                too_short.append(doc_id)
                continue
            hashes = one_way(made.plain, self.key)
            distinct = len(np.unique(hashes[~weak]))
            chosen = kept(hashes, self.mode)
            place = chosen.astype(np.uint32) | np.where(weak[chosen], SOFT, np.uint32(0))
            number = np.full(len(chosen), len(self.documents), np.uint32)
            columns.append((hashes[chosen], number, place))
            held = len(np.unique(hashes[chosen][~weak[chosen]]))
            self.documents.append(Document(doc_id, distinct, held, made.syllables, ""))
            inside = {"title": title, "steps": np.diff(made.starts, prepend=0).tolist()}
            self.documents[-1].sealed = self.key.seal(
                zlib.compress(json.dumps(inside).encode()), doc_id
            ).hex()
        hashes, document, place = (np.concatenate(c) for c in zip(*columns, strict=True))
        self.postings = Postings.build(hashes, document, place)
        return too_short

    def remove(self, ids: Sequence[str]) -> list[str]:
        """Take documents out. Returns the ids that were there."""
        gone = {i for i, d in enumerate(self.documents) if d.id in set(ids)}
        if not gone:
            return []
        removed = [self.documents[i].id for i in sorted(gone)]
        keep = np.array([i not in gone for i in range(len(self.documents))])
        renumber = (np.cumsum(keep) - 1).astype(np.uint32)
        rows = keep[self.postings.document]
        self.postings = Postings.build(
            self.postings.hashes_of()[rows],
            renumber[self.postings.document[rows]],
            self.postings.place[rows],
        )
        self.documents = [d for i, d in enumerate(self.documents) if i not in gone]
        return removed

    def write(self, path: Path) -> None:
        """Write the file beside its place, sync it, and put it in place in one step."""
        arrays = {name: np.ascontiguousarray(getattr(self.postings, name)) for name in _ARRAYS}
        offset, table = 0, {}
        for name, array in arrays.items():
            table[name] = [offset, len(array)]
            offset += array.nbytes
        head = {
            "key_check": self.key.check_value(),
            "salt": self.salt.hex(),
            "mode": self.mode,
            "bits": self.postings.bits,
            "arrays": table,
            "documents": [[d.id, d.distinct, d.kept, d.syllables, d.sealed] for d in self.documents],
        }
        body = json.dumps(head, ensure_ascii=False).encode()
        body += b" " * (-(len(_MAGIC) + 11 + len(body)) % 8)  # arrays begin on a multiple of eight
        beside = path.with_name(path.name + ".moi")
        with beside.open("wb") as stream:
            stream.write(_MAGIC + b"%010d\n" % len(body) + body)
            for array in arrays.values():
                stream.write(array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes())
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, path)

    @classmethod
    def read(cls, path: Path, key: Key) -> Index:
        """Open an index; its arrays stay on the disk and are mapped.

        Raises:
            IndexProblem: missing, damaged or not an index.
            KeyProblem: made under another key.
        """
        head, body_at = read_head(path)
        if head["key_check"] != key.check_value():
            raise KeyProblem(f"Khóa không khớp với chỉ mục {path.name}: chỉ mục được lập bằng khóa khác.")
        arrays = {}
        size = path.stat().st_size
        for name in _ARRAYS:
            offset, count = head["arrays"][name]
            if body_at + offset + 4 * count > size:
                raise IndexProblem(f"Chỉ mục {path.name} bị cụt; hãy chép lại từ bản gốc.")
            arrays[name] = (
                np.memmap(path, np.dtype("<u4"), "r", body_at + offset, (count,))
                if count
                else np.zeros(0, np.uint32)
            )
        documents = [Document(*row) for row in head["documents"]]
        postings = Postings(int(head["bits"]), **arrays)
        return cls(key, documents, postings, head["mode"], bytes.fromhex(head["salt"]))


def read_head(path: Path) -> tuple[dict[str, Any], int]:
    """The head of an index file and where its arrays begin; needs no key.

    Raises:
        IndexProblem: missing, damaged or not an index.
    """
    try:
        with path.open("rb") as stream:
            if stream.read(len(_MAGIC)) != _MAGIC:
                raise IndexProblem(f"Tệp {path} không phải chỉ mục vân tay của bmnn.")
            length = int(stream.read(11))
            head = json.loads(stream.read(length))
    except OSError as error:
        raise IndexProblem(f"Không mở được chỉ mục {path}: {system_words(error)}.") from error
    except ValueError as error:
        raise IndexProblem(f"Chỉ mục {path.name} bị hỏng; hãy chép lại từ bản gốc.") from error
    if not isinstance(head, dict) or not set(head) >= _HEAD:
        raise IndexProblem(f"Chỉ mục {path.name} bị hỏng; hãy chép lại từ bản gốc.")
    return head, len(_MAGIC) + 11 + length
