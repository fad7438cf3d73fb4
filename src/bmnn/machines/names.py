"""File names that look like those of documents with a secrecy mark. Only names are judged, never contents."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache
def _words() -> dict[str, Any]:
    text = (files("bmnn.machines") / "data" / "secret_names.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(c for c in plain if not unicodedata.combining(c))


def _spaced(text: str) -> str:
    """Letters and digits kept, everything else one blank; a blank at both ends."""
    return " " + re.sub(r"[\W_]+", " ", text).strip() + " "


def _without(plain: str, folded: str, words: list[str]) -> tuple[str, str]:
    """Both forms of a name without a run of words; the forms have the same words, with and without marks."""
    left, right = plain.split(), folded.split()
    at = 0
    while len(left) == len(right) and at + len(words) <= len(right):
        if right[at : at + len(words)] == words:
            del left[at : at + len(words)], right[at : at + len(words)]
        else:
            at += 1
    return f" {' '.join(left)} ", f" {' '.join(right)} "


def secret_word(path: str) -> str:
    """The word in a file or folder name that looks like a secrecy mark; "" when there is none."""
    words = _words()
    for name in reversed([p for p in re.split(r"[\\/]", unicodedata.normalize("NFC", path)) if p]):
        stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)
        plain, folded = _spaced(stem.casefold()), _spaced(_fold(stem))
        for innocent in words["not"]:
            plain, folded = _without(plain, folded, innocent.split())
        for group, text in (("marked", plain), ("folded", folded), ("legacy", plain)):
            for word in sorted(words[group], key=len, reverse=True):
                if f" {word.casefold()} " in text:
                    return str(word)
        for word in words["upper"]:
            if re.search(rf"(?:^|[_\-(\[.]){word}(?:$|[_\-)\].])", stem):
                return str(word)
    return ""
