"""Text that remembers where in the file each of its letters stands.

Everything is matched on `s` (NFC, page furniture taken out, lines joined, marks restored where an OCR lost them)
or on `folded` (the same length, lower case, no marks); every value found is given back with its span in the file's
own text.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from array import array
from collections.abc import Iterable
from functools import cached_property

from bmnn.vietnamese import fold

Span = tuple[int, int]
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]+|[^\u0300-\u036f]|[\u0300-\u036f]")


class Text:
    """Letters with the place of each one in the file: letter i covers `start[i]`..`end[i]` (end exclusive)."""

    def __init__(self, s: str, start: array[int], end: array[int]) -> None:
        self.s = s
        self.start = start
        self.end = end

    @classmethod
    def of(cls, source: str) -> Text:
        """The whole file, composed (NFC)."""
        if unicodedata.is_normalized("NFC", source):
            return cls(source, array("q", range(len(source))), array("q", range(1, len(source) + 1)))
        letters: list[str] = []
        start, end = array("q"), array("q")
        for m in _CLUSTER.finditer(source):
            for letter in unicodedata.normalize("NFC", m[0]):
                letters.append(letter)
                start.append(m.start())
                end.append(m.end())
        return cls("".join(letters), start, end)

    @classmethod
    def join(cls, parts: Iterable[Text], glue: str = " ") -> Text:
        """Parts after one another; the glue stands at the end of the part before it."""
        letters: list[str] = []
        start, end = array("q"), array("q")
        for part in parts:
            if not part.s:
                continue
            if letters:
                letters.append(glue)
                at = end[-1]
                start.extend([at] * len(glue))
                end.extend([at] * len(glue))
            letters.append(part.s)
            start.extend(part.start)
            end.extend(part.end)
        return cls("".join(letters), start, end)

    @cached_property
    def folded(self) -> str:
        """Lower case without marks, letter for letter."""
        plain = fold(self.s)
        if len(plain) == len(self.s):
            return plain
        return "".join((fold(c) or " ")[0] for c in self.s)

    def __len__(self) -> int:
        return len(self.s)

    def __bool__(self) -> bool:
        return bool(self.s)

    def __getitem__(self, part: slice) -> Text:
        return Text(self.s[part], self.start[part], self.end[part])

    def span(self, a: int = 0, b: int | None = None) -> Span:
        """Where letters a..b stand in the file."""
        b = len(self.s) if b is None else b
        if a >= b or not self.s:
            at = self.start[min(a, len(self.s) - 1)] if self.s else 0
            return at, at
        return self.start[a], self.end[b - 1]

    def strip(self, also: str = "") -> Text:
        """Without white space (and the letters of `also`) at both ends."""
        unwanted = " \t\r\n\u00a0\u200b\ufeff" + also
        a, b = 0, len(self.s)
        while a < b and self.s[a] in unwanted:
            a += 1
        while b > a and self.s[b - 1] in unwanted:
            b -= 1
        return self[a:b]

    def without(self, *holes: Span) -> Text:
        """The text with the given stretches of letters (own indices) taken out."""
        if not holes:
            return self
        letters: list[str] = []
        start, end = array("q"), array("q")
        at = 0
        for a, b in sorted(holes):
            if a > at:
                letters.append(self.s[at:a])
                start.extend(self.start[at:a])
                end.extend(self.end[at:a])
            at = max(at, b)
        letters.append(self.s[at:])
        start.extend(self.start[at:])
        end.extend(self.end[at:])
        return Text("".join(letters), start, end)

    def replaced(self, changes: list[tuple[int, int, str]]) -> Text:
        """The text with letters a..b written differently: the new letters share the place of the old ones."""
        if not changes:
            return self
        letters: list[str] = []
        start, end = array("q"), array("q")
        at = 0
        for a, b, new in changes:
            letters.append(self.s[at:a])
            start.extend(self.start[at:a])
            end.extend(self.end[at:a])
            letters.append(new)
            for i in range(len(new)):
                old = a + min(i, b - a - 1)
                start.append(self.start[old])
                end.append(self.end[b - 1] if i == len(new) - 1 else self.end[old])
            at = b
        letters.append(self.s[at:])
        start.extend(self.start[at:])
        end.extend(self.end[at:])
        return Text("".join(letters), start, end)

    def split(self, pattern: str) -> list[Text]:
        """Pieces between matches of a pattern on the folded text; empty pieces are dropped."""
        out, at = [], 0
        for m in re.finditer(pattern, self.folded):
            out.append(self[at : m.start()].strip())
            at = m.end()
        out.append(self[at:].strip())
        return [piece for piece in out if piece]


def one_line(text: str) -> str:
    """White space runs as one space, no white space at the ends."""
    return re.sub(r"\s+", " ", text).strip()


_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZĐÀ-Ỹ“\"])")


def sentence_start(t: Text, at: int) -> int:
    """Where the sentence that holds letter `at` begins."""
    return max(
        (m.end() for m in _SENTENCE_END.finditer(t.s, 0, min(len(t), at + 1)) if m.end() <= at), default=0
    )


def sentence_end(t: Text, at: int) -> int:
    """Where the sentence that holds letter `at` ends."""
    m = _SENTENCE_END.search(t.s, at)
    return m.start() + 1 if m else len(t)


def as_read(t: Text, source: str, most: int = 10_000) -> str:
    """The words of t as the file has them (an OCR's letters, not the restored ones), page furniture left out."""
    pieces = []
    for m in itertools.islice(re.finditer(r"\S+", t.s), most):
        piece = source[t.start[m.start()] : t.end[m.end() - 1]]
        pieces.append(re.sub(r"\s+", "", piece) if len(piece) > 40 else one_line(piece))
    return unicodedata.normalize("NFC", " ".join(pieces))
