"""Gathers the text of one item in order, with kinds and pages, and settles its letters at the end."""

from __future__ import annotations

from dataclasses import dataclass

from bmnn.reading.letters import settle
from bmnn.reading.model import Page, Part, PartKind, Unread
from bmnn.vietnamese import syllable_score

_SCORED = 1000
"""Characters of a page that are scored: enough to tell text from rubbish."""


@dataclass(slots=True)
class Settled:
    """The finished text of an item."""

    text: str
    parts: tuple[Part, ...]
    pages: tuple[Page, ...]
    encoding: str | None
    hidden: bool


class Gathered:
    """Segments of text in the order they are to stand. `most`: characters that may be gathered."""

    def __init__(self, most: int) -> None:
        """Nothing gathered yet."""
        self._segments: list[tuple[PartKind, str]] = []
        self._pages: list[
            tuple[int, float | None]
        ] = []  # index of the page's first segment, share of pictures
        self._pages_end: int | None = None
        self._left = most
        self.full = False
        self.encoding: str | None = None

    def add(self, kind: PartKind, text: str) -> None:
        """One more segment. Raises Unread("too_much_text") when the budget is spent; what fits is kept."""
        if not text or text.isspace():
            return
        if len(text) > self._left:
            self._segments.append((kind, text[: self._left]))
            self._left = 0
            self.full = True
            raise Unread("too_much_text")
        self._left -= len(text)
        self._segments.append((kind, text))

    def page(self, image_share: float | None = None) -> None:
        """What follows stands on a new page."""
        self._pages.append((len(self._segments), image_share))

    def after_pages(self) -> None:
        """What follows belongs to no page (properties, attachments)."""
        self._pages_end = len(self._segments)

    def __bool__(self) -> bool:
        return bool(self._segments)

    def settled(self) -> Settled:
        """Join, set the letters right, and say where everything lies."""
        if not self._segments:
            pages = tuple(Page(i + 1, i, i, share) for i, (_, share) in enumerate(self._pages))
            return Settled("\f" * max(0, len(pages) - 1), (), pages, self.encoding, False)
        raw = [text.replace("\f", "\n") if self._pages else text for _, text in self._segments]
        texts, encoding, hidden = settle(raw)
        starts = [first for first, _ in self._pages]
        out: list[str] = []
        parts: list[Part] = []
        page_starts: list[int] = []
        at = turn = 0
        end_of_pages = None
        for index, ((kind, _), text) in enumerate(zip(self._segments, texts, strict=True)):
            while turn < len(starts) and starts[turn] <= index:
                if turn:
                    out.append("\f")
                    at += 1
                page_starts.append(at)
                turn += 1
            if index == self._pages_end:
                end_of_pages = at
            line = text if text[-1:] in ("", "\n", "\f") else text + "\n"
            out.append(line)
            parts.append(Part(kind, at, at + len(line)))
            at += len(line)
        while len(page_starts) < len(starts):  # pages without text at the end
            page_starts.append(at)
        whole = "".join(out)
        pages = self._placed(page_starts, at if end_of_pages is None else end_of_pages, whole)
        return Settled(whole, tuple(parts), pages, encoding or self.encoding, hidden)

    def _placed(self, starts: list[int], end: int, whole: str) -> tuple[Page, ...]:
        ends = [max(0, start - 1) for start in starts[1:]] + [end]
        pages = []
        for number, (start, after) in enumerate(zip(starts, ends, strict=False), 1):
            stop = max(start, after)
            sample = whole[start : min(stop, start + _SCORED)]
            score = round(syllable_score(sample), 3) if sample.strip() else None
            pages.append(Page(number, start, stop, self._pages[number - 1][1], score))
        return tuple(pages)
