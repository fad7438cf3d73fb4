"""One-way fingerprints of protected documents: made, kept in a keyed index, found again in other texts."""

from bmnn.discovery.fingerprint.index import Index, IndexProblem, read_head
from bmnn.discovery.fingerprint.keys import Key, KeyProblem
from bmnn.discovery.fingerprint.match import Match, Passage, find
from bmnn.discovery.fingerprint.shingles import Mode

__all__ = ["Index", "IndexProblem", "Key", "KeyProblem", "Match", "Mode", "Passage", "find", "read_head"]
