"""The key of a fingerprint index: a file kept apart from the index, or a passphrase."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bmnn.vietnamese.system import system_words

_CHECK = b"bmnn fingerprint "[:16]
_FORMAT = "bmnn-fingerprint-key-1"


class KeyProblem(Exception):
    """The key cannot be used; the text says why in Vietnamese."""


@dataclass(frozen=True)
class Key:
    """32 secret bytes, split by HKDF into one key for shingles and one for the data about documents."""

    secret: bytes
    _shingles: bytes = field(init=False, repr=False)
    _sealing: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != 32:
            raise KeyProblem("Khóa phải dài đúng 32 byte.")
        object.__setattr__(self, "_shingles", _derive(self.secret, b"shingles"))
        object.__setattr__(self, "_sealing", _derive(self.secret, b"documents"))

    @classmethod
    def new(cls) -> Key:
        """A fresh random key."""
        return cls(secrets.token_bytes(32))

    @classmethod
    def from_passphrase(cls, passphrase: str, salt: bytes) -> Key:
        """Argon2id, 3 passes over 64 MiB; the salt (16 bytes or more) stands in the index."""
        raw = hash_secret_raw(
            passphrase.encode(),
            salt,
            time_cost=3,
            memory_cost=65536,
            parallelism=1,
            hash_len=32,
            type=Type.ID,
        )
        return cls(raw)

    @classmethod
    def read(cls, path: Path) -> Key:
        """Read a key file.

        Raises:
            KeyProblem: the file is missing or is no key file.
        """
        try:
            held = json.loads(path.read_text("utf-8"))
            if held.get("format") != _FORMAT:
                raise ValueError
            return cls(bytes.fromhex(held["secret"]))
        except OSError as error:
            raise KeyProblem(f"Không mở được tệp khóa {path}: {system_words(error)}.") from error
        except (ValueError, KeyError, AttributeError) as error:
            raise KeyProblem(f"Tệp {path} không phải tệp khóa vân tay của bmnn.") from error

    def write(self, path: Path) -> None:
        """Write a new key file readable by its owner only; an existing file is never replaced."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as stream:
            json.dump({"format": _FORMAT, "secret": self.secret.hex()}, stream)
            stream.flush()
            os.fsync(stream.fileno())

    def encrypt_blocks(self, blocks: bytes) -> bytes:
        """AES-256 on independent 16-byte blocks: a pseudo-random permutation, here used as a one-way map."""
        cipher = Cipher(algorithms.AES256(self._shingles), modes.ECB()).encryptor()  # noqa: S305
        return cipher.update(blocks) + cipher.finalize()

    def check_value(self) -> str:
        """What an index stores to recognise its key."""
        return self.encrypt_blocks(_CHECK).hex()

    def seal(self, plain: bytes, about: str) -> bytes:
        """Encrypt data about a document (AES-256-GCM, nonce first); `about` is bound to it."""
        nonce = secrets.token_bytes(12)
        return nonce + AESGCM(self._sealing).encrypt(nonce, plain, about.encode())

    def unseal(self, sealed: bytes, about: str) -> bytes:
        """Undo `seal`.

        Raises:
            KeyProblem: another key, or the data were changed.
        """
        try:
            return AESGCM(self._sealing).decrypt(sealed[:12], sealed[12:], about.encode())
        except InvalidTag as error:
            raise KeyProblem(f"Dữ liệu vân tay của «{about}» đã bị sửa hoặc dùng sai khóa.") from error


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"bmnn fingerprint " + purpose).derive(secret)
