"""Checkpoints as C2SP signed notes (signed-note, tlog-checkpoint): a few lines a person can read and
print."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"


class BadNote(ValueError):
    """The text is no checkpoint, or its signature is not by the key asked for."""


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes that tell keys apart (signed-note, "Signatures")."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def sign(origin: str, size: int, root: bytes, key: Ed25519PrivateKey) -> str:
    """A checkpoint of one log, signed under its origin as the key's name."""
    text = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"
    public = key.public_key().public_bytes_raw()
    signature = base64.b64encode(key_id(origin, public) + key.sign(text.encode())).decode()
    return f"{text}\n— {origin} {signature}\n"


def parse(note: str) -> tuple[str, int, bytes]:
    """Origin, size and root of a checkpoint, its signatures not looked at. Raises BadNote."""
    lines = note.split("\n\n", maxsplit=1)[0].split("\n")
    if len(lines) < 3 or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
        raise BadNote("không phải tệp chốt sổ")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote("dòng dấu vân tay không đọc được") from error
    if len(root) != 32:
        raise BadNote("dấu vân tay phải dài 32 byte")
    return lines[0], int(lines[1]), root


def signed_by(note: str, public: bytes) -> bool:
    """Whether one of the signatures is by this key over this very text, under the log's own name."""
    text, _, signatures = note.rpartition("\n\n")
    origin = note.split("\n", 1)[0]
    for line in signatures.splitlines():
        match = re.fullmatch(r"— (\S+) ([A-Za-z0-9+/=]+)", line)
        if match is None or match[1] != origin:
            continue
        try:
            raw = base64.b64decode(match[2], validate=True)
        except (binascii.Error, ValueError):
            continue
        if raw[:4] != key_id(origin, public):
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], f"{text}\n".encode())
        except InvalidSignature:
            continue
        return True
    return False


def split(text: str) -> list[str]:
    """The notes in a file that holds several, one after the other."""
    found = re.findall(r"[^\n]+\n\d+\n[^\n]+\n(?:[^\n]+\n)*\n(?:— [^\n]+\n?)+", text.replace("\r\n", "\n"))
    return [note if note.endswith("\n") else note + "\n" for note in found]
