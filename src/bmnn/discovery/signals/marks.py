"""Marks that only a secret document bears, found in its text: level lines, copy numbers, recall and envelope marks.

Laws and guides print the same words as samples. So a mark counts fully only where a document bears it: near the head,
beside a filled number, alone on its line, one level only; beside dots to fill in, or where a text lists all levels,
it is a sample and counts for nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from bmnn.discovery.signals.model import LEVEL_WORDS, Kind, Level, Signal
from bmnn.discovery.signals.plainly import any_of, phrase, plain

# Every pattern begins with a letter: the search engine then leaps from one such place to the next. What must stand
# before it is looked at afterwards.
_LEVEL = re.compile(r"mat(?![a-z0-9])")
_BEFORE_MAT = re.compile(r"(?<![a-z0-9])(?:tuyet|toi)\s*$")
_LABEL = re.compile(rf"{any_of('muc do mat', 'dau do mat', 'do mat')}\s*:\s*$")
_COPY = re.compile(r"ban\s+(?:sao\s+)?so[ \xa0]*:?[ \xa0]*\d{1,3}(?:\s*/\s*\d{1,3})?(?![a-z0-9])")
_COPY_NOTE = re.compile(phrase("ban sao bi mat nha nuoc"))
_RECALL = re.compile(phrase("tai lieu thu hoi"))
_NAMED = re.compile(rf"{phrase('chi nguoi co ten moi duoc boc')}(?:\s+bi)?")
_ENVELOPE = re.compile(r"(?<![a-z0-9])[abc](?![a-z0-9])")
_SENT = re.compile(rf"{any_of('kinh gui', 'noi nhan')}|(?:gui|den)\s*:")
_NUMBER = re.compile(r"so\s*[:.]?\s*\d{1,5}\s*[-/]\s*(?:\d{4}\s*/\s*)?[a-z0-9][a-z0-9&.\-/]{1,24}")
_DOTS = re.compile(r"…|\.{4,}|_{4,}|(?:\. ){4,}")
_ARTICLE = re.compile(r"dieu\s+\d{1,3}\s*[.:]")
_LINE_START = frozenset(" \t\r*#>")
_BREAK = re.compile(r"[\n\t\f\r|]|[ \xa0]{3,}")
_MOST_DECOR = 12
_HEAD, _NEAR, _BESIDE = 1500, 700, 260
_CLOSE = 70
_QUOTES = "“”\"'‘’«»"
_AFTER_LEVEL = (":", "-", "–", "—", ".", ",", ";", ")", "]")
_LEGAL_ARTICLES = 6
_ENVELOPE_LETTERS: dict[str, Level] = {"A": "TUYET_MAT", "B": "TOI_MAT", "C": "MAT"}


@dataclass(frozen=True)
class Reading:
    """A text as read, in NFC. `ocr`: from a picture; `legacy`: from an old encoding, whose capitals may be small."""

    text: str
    ocr: bool = False
    legacy: bool = False
    page: int | None = None
    first_page: bool = True
    plain: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", plain(self.text))


@dataclass(frozen=True)
class _Level:
    level: Level
    exact: bool
    labelled: bool
    cell: bool
    start: int
    end: int


def marks(reading: Reading) -> Iterator[Signal]:
    """All marks of one reading; sample marks of laws and forms are not among them."""
    found = list(_levels(reading.plain))
    plain_marks = [(m, what) for what in _PLAIN for m in what[0].finditer(reading.plain)]
    if found or plain_marks:
        numbers, legal = _numbers(reading), _is_legal(reading.plain)
        lines = list(_level_lines(reading, found, numbers, legal))
        yield from lines
        if not lines and not legal:
            yield from _run_in(reading, found, numbers)
        yield from _plain_marks(reading, plain_marks, legal, numbers)
    yield from _envelope(reading)


def _levels(plain_text: str) -> Iterator[tuple[int, int]]:
    """Places of the words mật, tối mật, tuyệt mật."""
    for m in _LEVEL.finditer(plain_text):
        start = m.start()
        before = None
        last = plain_text[start - 1 : start]
        if last.isspace() or last in ("t", "i"):
            before = _BEFORE_MAT.search(plain_text[max(0, start - 12) : start])
        if before:
            yield max(0, start - 12) + before.start(), m.end()
        elif not start or not plain_text[start - 1].isalnum():
            yield start, m.end()


def _numbers(reading: Reading) -> list[int]:
    """Where the text bears a number and symbol that is filled in."""
    text = reading.plain
    return [
        m.start()
        for m in _NUMBER.finditer(text)
        if not (m.start() and text[m.start() - 1].isalpha()) and not _form(reading.text, *m.span(), 60)
    ]


def _is_legal(text: str) -> bool:
    """Whether a text is divided into articles, as laws and decrees are."""
    count = 0
    for m in _ARTICLE.finditer(text):
        at = m.start() - 1
        while at >= 0 and text[at] in _LINE_START:
            at -= 1
        count += at < 0 or text[at] == "\n"
        if count >= _LEGAL_ARTICLES:
            return True
    return False


_What = tuple[re.Pattern[str], Kind, float, str]
_PLAIN: tuple[_What, ...] = (
    (_COPY, "copy_number", 0.55, "Ghi số bản hoặc số bản sao"),
    (_COPY_NOTE, "copy_number", 0.6, "Mang dấu bản sao bí mật nhà nước"),
    (_RECALL, "recall_mark", 0.6, "Mang dấu tài liệu thu hồi"),
    (_NAMED, "named_only", 0.6, "Mang dấu của bì Tuyệt mật gửi đích danh"),
)


def _level_lines(
    reading: Reading, places: list[tuple[int, int]], numbers: list[int], legal: bool
) -> Iterator[Signal]:
    text = reading.text
    found = list(_standing_alone(reading, places))
    # A text that names several levels, each on its line, is a form, a guide or a register, not a document.
    several = len({f.level for f in found}) > 1 or len(found) > 4
    for f in found:
        if _form(text, f.start, f.end, _BESIDE):
            continue
        headed = any(abs(f.start - at) < _NEAR for at in numbers)
        head = f.start < _HEAD and reading.first_page
        if (several or legal) and not (headed and head):
            continue
        clear = text[f.start : f.end].isupper() or reading.legacy or f.labelled
        if f.exact and clear and (headed or (head and not f.cell)):
            score = 0.9 if headed else 0.82
        elif headed and (clear or f.exact):
            score = 0.8 if f.exact or f.level != "MAT" else 0.6
        else:
            score = 0.45 if head or headed else 0.3
        where = "gần số, ký hiệu văn bản" if headed else "ở phần đầu" if head else "trong văn bản"
        shown = " ".join(text[f.start : f.end].split())
        rule = f"Dòng chỉ độ mật đứng riêng {where}"
        yield Signal("level_line", shown, score, rule, f.level, reading.page, (f.start, f.end))


def _run_in(reading: Reading, places: list[tuple[int, int]], numbers: list[int]) -> Iterator[Signal]:
    """A level in capitals run into its line, as where cells or paragraphs were joined.

    It stands at the line's beginning or close to a document's number; quoted it is only talked about.
    """
    found = []
    for start, end in places:
        if not reading.text[start:end].isupper():
            continue
        level, exact = level_of(reading.text[start:end])
        if not exact or _form(reading.text, start, end, _BESIDE):
            continue
        left, right = _rest_of_line(reading.plain, start, end)
        around = reading.text[max(0, start - 2) : start] + reading.text[end : end + 2]
        if any(c in _QUOTES for c in around) or _shouted(reading.text, start, end):
            continue
        near = any(abs(start - at) < _CLOSE for at in numbers)
        if near or (not any(c.isalnum() for c in left) and right.lstrip()[:1] in _AFTER_LEVEL):
            found.append((level, start, end, near))
    if len({level for level, *_ in found}) == 1:
        level, start, end, near = found[0]
        where = "sát số, ký hiệu văn bản" if near else "ở đầu dòng"
        score = 0.8 if near else 0.5
        shown = " ".join(reading.text[start:end].split())
        yield Signal(
            "level_line", shown, score, f"Độ mật viết hoa {where}", level, reading.page, (start, end)
        )


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the words beside are capitals too: then the level is part of a title, not a mark."""
    before, after = text[max(0, start - 40) : start].split(), text[end : end + 40].split()
    beside = [*before[-1:], *after[:1]]
    return any(
        w.isupper() and sum(c.isalpha() for c in w) > 1 and not any(c.isdigit() for c in w) for w in beside
    )


def _standing_alone(reading: Reading, places: list[tuple[int, int]]) -> Iterator[_Level]:
    """Level words that fill their line, cell or column."""
    text, lost = reading.text, None
    for start, end in places:
        if _amid_words(reading.plain, start, end):
            continue
        left, right = _rest_of_line(reading.plain, start, end)
        label = _LABEL.search(left)
        if label:
            left = left[: label.start()]
        if len(left) + len(right) > 2 * _MOST_DECOR or any(c.isalnum() for c in left + right):
            continue
        level, exact = level_of(text[start:end])
        if not exact:
            # Other marks are another word (MẤT, MẶT); only where none are left may it be the level.
            lost = _marks_lost(text) if lost is None else lost
            if not text[start:end].isascii() or not (reading.ocr or lost):
                continue
            if level == "MAT" and not label and not text[start:end].isupper():
                continue
        line = reading.plain[reading.plain.rfind("\n", 0, start) + 1 : end + 2 * _MOST_DECOR].partition("\n")[
            0
        ]
        cell = "|" in line or "\t" in line.strip("\t")
        yield _Level(level, exact, label is not None, cell, start, end)


def _amid_words(text: str, start: int, end: int) -> bool:
    """Whether the next word of the line stands but a blank away: quickly said of most places in running text."""
    return text[end : end + 1] == " " and text[end + 1 : end + 2].isalnum()


def _plain_marks(
    reading: Reading, places: list[tuple[re.Match[str], _What]], legal: bool, numbers: list[int]
) -> Iterator[Signal]:
    """The first mark of each sort that stands where a document bears it."""
    seen: set[str] = set()
    for m, (_, kind, score, rule) in places:
        start, end = m.span()
        near = any(abs(start - at) < _NEAR for at in numbers)
        if rule in seen or (start and reading.plain[start - 1].isalnum()):
            continue
        if _form(reading.text, start, end, 80) or (legal and not (near and start < _HEAD)):
            continue
        left, right = _rest_of_line(reading.plain, start, end)
        if kind != "named_only" and len(left.strip()) + len(right.strip()) > 40:
            continue
        seen.add(rule)
        shown = " ".join(reading.text[start:end].split())
        yield Signal(kind, shown[:60], score, rule, None, reading.page, (start, end))


def _envelope(reading: Reading) -> Iterator[Signal]:
    """A page of few words, addressed and numbered, with a letter A, B or C standing alone."""
    if len(reading.text) > 600 or not _SENT.search(reading.plain) or not _NUMBER.search(reading.plain):
        return
    letters = []
    for m in _ENVELOPE.finditer(reading.plain):
        left, right = _rest_of_line(reading.plain, *m.span())
        if reading.text[m.start()].isupper() and not any(c.isalnum() for c in left + right):
            letters.append(m)
    if len(letters) == 1:
        at = letters[0].span()
        letter = reading.text[at[0]]
        level = _ENVELOPE_LETTERS[letter]
        rule = f"Ký hiệu bì {letter} (chứa tài liệu {LEVEL_WORDS[level]})"
        yield Signal("level_line", letter, 0.5, rule, level, reading.page, at)


def level_of(words: str) -> tuple[Level, bool]:
    """The level some words name, and whether their marks are all right."""
    said = unicodedata.normalize("NFC", "".join(words.split())).lower()
    bare = plain(said)
    level: Level = "TUYET_MAT" if bare.startswith("tuyet") else "TOI_MAT" if bare.startswith("toi") else "MAT"
    return level, said in ("tuyệtmật", "tốimật", "mật")


def _rest_of_line(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands beside a stretch in its line, cell or column."""
    before = text[max(0, start - 120) : start]
    after = text[end : end + 120]
    breaks = list(_BREAK.finditer(before))
    left = before[breaks[-1].end() :] if breaks else before
    stop = _BREAK.search(after)
    return left, after[: stop.start()] if stop else after


def _form(text: str, start: int, end: int, reach: int) -> bool:
    """Whether there are dots to be filled in close by."""
    return _DOTS.search(text, max(0, start - reach), min(len(text), end + reach)) is not None


def _marks_lost(text: str) -> bool:
    """Whether a text has hardly any marked letters, as after bad OCR or typing without marks."""
    sample = text[:4000]
    letters = sum(c.isalpha() for c in sample)
    marked = sum(c.isalpha() and not c.isascii() for c in sample)
    return marked < 0.06 * letters
