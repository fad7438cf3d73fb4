"""Canonical JSON, and the bytes of an event that go under the tree."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

from bmnn.ledger.tree import hash_leaf


def canonical(value: Any) -> str:
    """Canonical JSON: keys sorted, no spaces, strings in NFC, only str, int, bool, None, list, dict.

    Raises TypeError for anything else (a float has no single form).
    """
    return json.dumps(_clean(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _clean(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list | tuple):
        return [_clean(v) for v in value]
    if isinstance(value, dict):
        if not all(isinstance(k, str) and k.isascii() for k in value):
            raise TypeError(f"khóa của sự kiện phải là chữ ASCII: {list(value)!r}")
        return {k: _clean(v) for k, v in value.items()}
    raise TypeError(f"sự kiện không nhận giá trị kiểu {type(value).__name__}: {value!r}")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One event as it stands in the log. `body` and `numbers` are canonical JSON already; `n` counts all
    events of the site from 1, `seq` those of the stream from 0; `salt` keeps short contents from being
    guessed out of their hash."""

    n: int
    stream: str
    seq: int
    act: str
    v: int
    actor: str
    at: str
    day: str
    key: str
    numbers: str
    body: str
    salt: bytes

    def text(self) -> str:
        """One line of canonical JSON: what is hashed, exported, and checked by others."""
        q = _quoted
        return (
            f'{{"act":{q(self.act)},"actor":{q(self.actor)},"at":{q(self.at)},"body":{self.body},'
            f'"day":{q(self.day)},"key":{q(self.key)},"n":{self.n},"numbers":{self.numbers},'
            f'"salt":"{self.salt.hex()}","seq":{self.seq},"stream":{q(self.stream)},"v":{self.v}}}'
        )

    def hash(self) -> bytes:
        """The leaf hash."""
        return hash_leaf(self.text().encode())


# The encoder without json.dumps around it: this stands in every act and in every verification.
_quoted = json.JSONEncoder(ensure_ascii=False).encode
