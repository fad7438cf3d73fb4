"""Signals: what in a text or on a page says that it is, or holds, a secret document."""

from bmnn.discovery.signals.marks import Reading, marks
from bmnn.discovery.signals.model import (
    KIND_WORDS,
    LEVEL_WORDS,
    LEVELS,
    SURE,
    Kind,
    Level,
    Signal,
    gravest,
)
from bmnn.discovery.signals.numbers import read_list, register_numbers
from bmnn.discovery.signals.wording import Entry, wordings

__all__ = [
    "KIND_WORDS",
    "LEVELS",
    "LEVEL_WORDS",
    "SURE",
    "Entry",
    "Kind",
    "Level",
    "Reading",
    "Signal",
    "gravest",
    "marks",
    "read_list",
    "register_numbers",
    "wordings",
]
