"""The proof files that travel: JSON of an inclusion or a consistency proof with its signed checkpoint."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from bmnn.ledger.checkpoint import Checkpoint, split
from bmnn.ledger.notes import BadNote, VerifierKey
from bmnn.ledger.proofs import BadProof, check_consistency, check_inclusion
from bmnn.ledger.tree import hash_leaf


@dataclass
class Found:
    """What a check of one file found: the size and root (hex) of the log; problems as (kind, words in
    Vietnamese), [] when it holds; `shown` says what is then proven."""

    size: int = 0
    root: str | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)
    shown: str = ""


def check_file(proof: Any, keys: str = "", older: str = "") -> Found:
    """Check the parsed JSON of a proof file.

    `keys`: the text of a file of public keys; with it the checkpoint's signature must be right. `older`: the
    older checkpoint, which a proof of consistency needs.
    """
    found = Found()
    try:
        hashes = [bytes.fromhex(h) for h in proof["hashes"]]
        size, stream = int(proof["size"]), str(proof["stream"])
        checkpoint, note = Checkpoint.parse(str(proof["checkpoint"]))
        leaf = str(proof["leaf"]) if "leaf" in proof else None
        first = int(proof["index" if leaf is not None else "older_size"])
    except (KeyError, TypeError, ValueError) as error:
        why = f": {error}" if isinstance(error, BadNote) else ""
        found.problems.append(("proof", f"Tệp không phải bằng chứng của hệ thống này{why}."))
        return found
    found.size, found.root = size, checkpoint.root.hex()
    if checkpoint.size != size:
        found.problems.append(("checkpoint", "Bản chốt kèm theo không cùng số việc với bằng chứng."))
    try:
        if leaf is not None:
            check_inclusion(hash_leaf(leaf.encode()), first, size, hashes, checkpoint.root)
            if json.loads(leaf)["stream"] != stream:
                found.problems.append(("proof", "Việc này thuộc dòng nhật ký khác với dòng ghi trong tệp."))
            found.shown = f"việc này là việc thứ {first + 1} trong {size} việc của «{checkpoint.origin}»"
        else:
            _continues(checkpoint, first, hashes, older)
            found.shown = (
                f"{size} việc của «{checkpoint.origin}» nối tiếp nguyên vẹn {first} việc đã chốt trước"
            )
    except (BadProof, BadNote) as error:
        found.problems.append(("proof", f"Bằng chứng không đúng: {error}."))
    except (KeyError, TypeError, ValueError):
        found.problems.append(("proof", "Nội dung việc trong tệp không đọc được."))
    if keys:
        try:
            note.check(_key(keys, checkpoint.origin))
        except BadNote as error:
            found.problems.append(("signature", f"Chữ ký của bản chốt: {error}."))
    return found


def _continues(newer: Checkpoint, first: int, hashes: list[bytes], text: str) -> None:
    parts = [Checkpoint.parse(part)[0] for part in split(text)]
    same = [c for c in parts if c.origin == newer.origin and c.size == first]
    if not same:
        raise BadProof(f"cần bản chốt cũ lúc {first} việc của «{newer.origin}» (tùy chọn --since)")
    check_consistency(first, newer.size, same[0].root, newer.root, hashes)


def _key(keys: str, origin: str) -> VerifierKey:
    for line in keys.split():
        key = VerifierKey.parse(line)
        if key.name == origin:
            return key
    raise BadNote(f"không có khóa công khai của «{origin}»")
