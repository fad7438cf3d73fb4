"""Signed notes (C2SP signed-note): a few lines of text that a person can read and print, and who signed them.

Ed25519 signatures only (type 0x01). A note is taken only whole: any line that is no signature where one must
stand, a control character, or a known key's wrong signature makes it bad.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_MOST_BYTES, _MOST_SIGNATURES = 1_000_000, 100


class BadNote(ValueError):
    """The text is no note, or is not signed by the key asked for. The text says why, in Vietnamese."""


def _b64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote("phần mã base64 không đọc được") from error


def _check_name(name: str) -> None:
    if not name or "+" in name or any(c.isspace() for c in name):
        raise BadNote(f"tên khóa «{name}» trống, có dấu cách hoặc dấu cộng")


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes that tell keys apart."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


@dataclass(frozen=True)
class VerifierKey:
    """A public Ed25519 key (32 bytes) with the name under which it signs."""

    name: str
    public: bytes

    def __str__(self) -> str:
        """The key as it is handed out: `name+id+base64`."""
        coded = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{key_id(self.name, self.public).hex()}+{coded}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read `name+id+base64`. Raises BadNote."""
        parts = text.strip().split("+", 2)
        if len(parts) != 3:
            raise BadNote("khóa công khai không đúng dạng tên+mã+khóa")
        name, told, coded = parts
        _check_name(name)
        raw = _b64(coded)
        if raw[:1] != _ED25519 or len(raw) != 33:
            raise BadNote("khóa công khai không phải khóa Ed25519")
        key = cls(name, raw[1:])
        if told != key_id(name, key.public).hex():
            raise BadNote(f"mã của khóa «{name}» không khớp nội dung khóa")
        return key


@dataclass(frozen=True)
class Signature:
    """One signature line: whose (name and four bytes of the key) and the signature's bytes, not yet checked."""

    name: str
    id: bytes
    value: bytes


@dataclass(frozen=True)
class Note:
    """A text (it ends with a line feed) and its signatures, in order."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, note: str) -> Note:
        """Read a whole note, no signature checked. Raises BadNote."""
        if len(note.encode(errors="replace")) > _MOST_BYTES:
            raise BadNote("tệp quá dài")
        if any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in note):
            raise BadNote("có ký tự điều khiển")
        text, gap, lines = note.rpartition("\n\n")
        if not gap or not lines.endswith("\n"):
            raise BadNote("không có phần chữ ký")
        found = tuple(_signature(line) for line in lines[:-1].split("\n"))
        if len(found) > _MOST_SIGNATURES:
            raise BadNote("có quá nhiều chữ ký")
        return cls(text + "\n", found)

    def check(self, key: VerifierKey) -> None:
        """Raises BadNote unless the key signed this text. The first line of that key decides."""
        wanted = (key.name, key_id(key.name, key.public))
        for signature in self.signatures:
            if (signature.name, signature.id) == wanted:
                try:
                    Ed25519PublicKey.from_public_bytes(key.public).verify(signature.value, self.text.encode())
                except InvalidSignature as error:
                    raise BadNote(f"chữ ký của «{key.name}» sai: nội dung đã bị sửa") from error
                return
        raise BadNote(f"không có chữ ký của «{key.name}»")


def _signature(line: str) -> Signature:
    match = re.fullmatch(r"— (\S+) ([A-Za-z0-9+/=]+)", line)
    if match is None:
        raise BadNote("có dòng không phải chữ ký")
    _check_name(match[1])
    raw = _b64(match[2])
    if len(raw) < 5:
        raise BadNote("chữ ký quá ngắn")
    return Signature(match[1], raw[:4], raw[4:])


def sign(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """The note of this text, signed under `name`. Raises BadNote for a text or name that no note may have."""
    _check_name(name)
    if not text.endswith("\n") or "\n\n" in text or text == "\n":
        raise BadNote("nội dung phải là các dòng có chữ, kết thúc bằng xuống dòng")
    value = key_id(name, key.public_key().public_bytes_raw()) + key.sign(text.encode())
    note = f"{text}\n— {name} {base64.b64encode(value).decode()}\n"
    Note.parse(note)
    return note
