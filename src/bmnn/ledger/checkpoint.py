"""Checkpoints (C2SP tlog-checkpoint): a log's name, size and root, as the text of a signed note."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bmnn.ledger import notes
from bmnn.ledger.fingerprint import fingerprint
from bmnn.ledger.notes import BadNote, Note
from bmnn.ledger.tree import EMPTY_ROOT, HASH


@dataclass(frozen=True)
class Checkpoint:
    """How far a log had come. `origin` is `bmnn/<unit>/<stream>`; it is also the name its key signs under."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @property
    def fingerprint(self) -> str:
        """130 bits of the text, for paper: see `bmnn.ledger.fingerprint`."""
        return fingerprint(self.text.encode())

    def sign(self, key: Ed25519PrivateKey) -> str:
        """The signed note."""
        return notes.sign(self.text, self.origin, key)

    @classmethod
    def parse(cls, note: str) -> tuple[Checkpoint, Note]:
        """Read a signed checkpoint; its signatures are not checked. Lines after the third are allowed and
        ignored (they are signed like the rest). Raises BadNote.
        """
        whole = Note.parse(note)
        lines = whole.text.split("\n")[:-1]
        if len(lines) < 3 or not all(lines) or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
            raise BadNote("không phải tệp chốt sổ")
        try:
            root = base64.b64decode(lines[2], validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadNote("dòng dấu vân tay không đọc được") from error
        size = int(lines[1])
        if len(root) != HASH:
            raise BadNote("dấu vân tay phải dài 32 byte")
        if size == 0 and root != EMPTY_ROOT:
            raise BadNote("sổ chưa có việc nào mà dấu vân tay khác sổ trống")
        return cls(lines[0], size, root), whole


def split(text: str) -> list[str]:
    """The notes in a file that holds several, one after the other; what cannot be one comes back as it is.

    Line ends of Windows are accepted: such files travel on sticks and through editors.
    """
    found: list[str] = []
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n"):
        signed = bool(lines) and lines[-1].startswith("— ")
        if signed and not line.startswith("— "):
            found.append("\n".join(lines) + "\n")
            lines = []
        if line or lines:
            lines.append(line)
    if lines:
        found.append("\n".join(lines) + "\n")
    return found
