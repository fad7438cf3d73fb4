"""Append-only Merkle logs (RFC 6962), their proofs, signed checkpoints (C2SP), and fingerprints for paper.

Knows nothing of the site and its database. `kiemtraso.py` in this folder is a second, independent
implementation that an inspector can carry away as one file.
"""

from bmnn.ledger.canonical import Leaf, canonical
from bmnn.ledger.checkpoint import Checkpoint, split
from bmnn.ledger.fingerprint import BadFingerprint, fingerprint, qr_svg
from bmnn.ledger.fingerprint import read as read_fingerprint
from bmnn.ledger.notes import BadNote, Note, VerifierKey
from bmnn.ledger.proofs import (
    BadProof,
    Subtree,
    check_consistency,
    check_inclusion,
    consistency,
    inclusion,
    root_from,
)
from bmnn.ledger.tree import EMPTY_ROOT, HASH, grow, hash_children, hash_leaf, root_of

__all__ = [
    "EMPTY_ROOT",
    "HASH",
    "BadFingerprint",
    "BadNote",
    "BadProof",
    "Checkpoint",
    "Leaf",
    "Note",
    "Subtree",
    "VerifierKey",
    "canonical",
    "check_consistency",
    "check_inclusion",
    "consistency",
    "fingerprint",
    "grow",
    "hash_children",
    "hash_leaf",
    "inclusion",
    "qr_svg",
    "read_fingerprint",
    "root_from",
    "root_of",
    "split",
]
