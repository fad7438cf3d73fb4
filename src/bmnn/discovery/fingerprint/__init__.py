"""One-way fingerprints of protected documents: made, kept in a keyed index, found again in other texts."""

from bmnn.discovery.fingerprint.index import Index, IndexProblem
from bmnn.discovery.fingerprint.keys import Key, KeyProblem
from bmnn.discovery.fingerprint.match import Match, Passage, find

__all__ = ["Index", "IndexProblem", "Key", "KeyProblem", "Match", "Passage", "find"]
