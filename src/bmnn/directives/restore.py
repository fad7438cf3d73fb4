"""Marks given back to a text that lost them, for matching only: the likeliest syllables by the lexicon of law text.

A search over the candidates of each token (Viterbi over pairs, triples taken along the best path) finds the likeliest
sequence. Tokens that hold numbers, codes and abbreviations are never candidates: they stay as they were read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from bmnn.directives.channel import candidates
from bmnn.directives.layout import Layout
from bmnn.directives.lexicon import Lexicon, lexicon
from bmnn.directives.tags import person
from bmnn.directives.text import Text
from bmnn.vietnamese import fold

_TOKEN = re.compile(r"[\w€¢&§ﬁﬂ@$]+(?:['’`][\w]+)?")
_STOP = re.compile(r"[.;:!?()“”\"\[\]]")
_UNKNOWN = 19.0
"""Cost of leaving a token that is no syllable as it is."""
_BEAM = 7
"""Sequences followed at a time."""
_WIDTH = 14.0
"""Sequences so much costlier than the cheapest are given up."""
_PAIR_SHARE = 0.8
"""Share of neighbouring syllables of good law text that the lexicon has seen."""


@dataclass
class _Token:
    line: int
    a: int
    b: int
    word: str
    breaks: bool
    code: bool = False
    """Part of a code, a date or «T/M»: a slash stands beside it, or a hyphen ties it to such a part or a number."""


def restored(layout: Layout) -> None:
    """Write the lines of a layout (and its notes) with their likely marks; numbers and names stay as read."""
    texts = [line.t for line in layout.lines]
    for line, new in zip(layout.lines, restore(texts), strict=True):
        line.t = new


def restore(texts: list[Text]) -> list[Text]:
    """The texts with likely syllables in the place of misread ones, letter places kept."""
    words = lexicon()
    tokens = _tokens(texts)
    choice = _search(tokens, words, _damage(tokens, words))
    changes: list[list[tuple[int, int, str]]] = [[] for _ in texts]
    for token, i in zip(tokens, choice, strict=True):
        if i is not None:
            new = _cased(words.words[i], token.word)
            if new != token.word:
                changes[token.line].append((token.a, token.b, new))
    return [t.replaced(c) for t, c in zip(texts, changes, strict=True)]


def _tokens(texts: Iterable[Text]) -> list[_Token]:
    out: list[_Token] = []
    breaks = True
    for n, t in enumerate(texts):
        at = 0
        name = _person_from(t)
        for m in _TOKEN.finditer(t.s):
            breaks |= _STOP.search(t.s[at : m.start()]) is not None
            token = _Token(n, m.start(), m.end(), m[0], breaks)
            token.code = m.start() >= name or _in_code(t.s, m, out[-1] if out and out[-1].line == n else None)
            out.append(token)
            breaks, at = False, m.end()
        breaks = _STOP.search(t.s[at:]) is not None
    return [t for t in out if t.word]


def _person_from(t: Text) -> int:
    """Where a person's name stands at the end of a line (its length when there is none): names stay as read."""
    if person(t) is not None:
        return 0
    m = re.search(r"[,;.]\s+(?=[^,;.]+$)", t.s)
    return m.end() if m and person(t[m.end() :].strip()) is not None else len(t)


def _in_code(s: str, m: re.Match[str], before: _Token | None) -> bool:
    if (
        m.start() == 0
        and len(m[0]) <= 4
        and re.match(r"\s?[).\-–:]", s[m.end() :])
        and (len(m[0]) == 1 or m[0].isupper())
    ):
        return True  # «b)», «II.»: the mark of a clause
    if re.fullmatch(r"\d+[a-z]", m[0]) and s[m.end() : m.end() + 1] == ")":
        return True  # «(2b)»: a number of copies with its letter
    if s[m.end() : m.end() + 1] == "/" or s[max(0, m.start() - 1) : m.start()] == "/":
        return True
    tied = before is not None and s[before.b : m.start()] in ("-", "–", "&", ".")
    return tied and before is not None and (before.code or before.word[-1].isdigit())


def _fixed(tokens: list[_Token], n: int) -> bool:
    """Numbers, codes and abbreviations."""
    w = tokens[n].word
    if tokens[n].code or w.lower() in lexicon().foreign:
        return True
    letters = [c for c in w if c.isalpha()]
    if not letters:
        return True
    upper = sum(c.isupper() for c in letters)
    if any(c.isdigit() for c in w) and upper == len(letters):
        # «T6 chức» is «Tổ chức»: a capital, one figure, then a word in small letters
        return not (
            len(w) == 2 and n + 1 < len(tokens) and tokens[n + 1].word.islower() and not tokens[n + 1].breaks
        )
    return upper >= 2 and upper == len(letters) and fold(w) not in lexicon().by_fold


def _damage(tokens: list[_Token], words: Lexicon) -> tuple[float, float, float]:
    """Damage judged from the text itself: (share of words without marks, cost of a change, of other letters)."""
    plain = [t.word.lower() for t in tokens if len(t.word) > 1 and t.word.isalpha()]
    marked = sum(not w.isascii() for w in plain) / max(1, len(plain))
    lost = round(min(0.97, max(0.03, 1 - marked / 0.85)), 1)
    known = [words.index.get(w) for w in plain]
    pairs = list(pairwise(known))
    seen = sum(a is not None and b is not None and (a << 16 | b) in words.pairs for a, b in pairs)
    right = min(0.95, seen / max(1, len(pairs)) / _PAIR_SHARE)
    whole = sum(fold(w) in words.by_fold for w in plain) / max(1, len(plain))
    edit = round(-math.log(max(0.02, 1 - whole)) + 0.5, 1)
    return lost, round(-math.log(max(0.05, 1 - math.sqrt(right) * 0.95)), 1), edit


def _cased(new: str, old: str) -> str:
    letters = [c for c in old if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return new.upper()
    return new[0].upper() + new[1:] if letters and letters[0].isupper() else new


@dataclass
class _State:
    index: int | None
    cost: float
    before: _State | None


def _search(tokens: list[_Token], words: Lexicon, damage: tuple[float, float, float]) -> list[int | None]:
    """The cheapest sequence of syllables; None where a token stays as read."""
    states: list[_State] = [_State(None, 0.0, None)]
    for n, token in enumerate(tokens):
        options: list[tuple[int | None, float]] = [(None, 0.0)]
        if not _fixed(tokens, n):
            options = [*candidates(token.word, *damage), (None, _UNKNOWN)]
        numbered = n + 1 < len(tokens) and tokens[n + 1].word[0].isdigit() and not tokens[n + 1].breaks
        capital = token.word[0].isupper()
        options = [(i, c - _leaning(words, i, numbered, capital)) for i, c in options]
        fresh: list[_State] = []
        for i, channel in options:
            best: _State | None = None
            low = math.inf
            for s in states:
                cost = s.cost + channel + (0.0 if i is None else -_log(words, s, i, token.breaks))
                if cost < low:
                    best, low = s, cost
            fresh.append(_State(i, low, best))
        fresh.sort(key=lambda s: s.cost)
        states = [s for s in fresh[:_BEAM] if s.cost - fresh[0].cost < _WIDTH]
    out: list[int | None] = []
    state: _State | None = min(states, key=lambda s: s.cost)
    while state is not None and state.before is not None:
        out.append(state.index)
        state = state.before
    return out[::-1]


_AFTER_STOP = math.log(0.6)
_AFTER_UNKNOWN = math.log(0.2)
_BEFORE_NUMBERS = frozenset(("số", "ngày", "tháng", "năm", "khoản", "điều"))


def _leaning(words: Lexicon, i: int | None, numbered: bool, capital: bool) -> float:
    """What stands beside speaks for: «số», «ngày» before a number; a name's first word with a capital."""
    if i is None:
        return 0.0
    lean = 3.0 if numbered and words.words[i] in _BEFORE_NUMBERS else 0.0
    return lean + (1.0 if capital and words.words[i] in words.openers else 0.0)


def _log(words: Lexicon, s: _State, c: int, breaks: bool) -> float:
    """Logarithm of the chance of syllable c after the state's syllables."""
    one = words.one[c]
    b = s.index
    if breaks or b is None:
        return words.log_one[c] + (_AFTER_STOP if breaks else _AFTER_UNKNOWN)
    pair = words.pairs.get(b << 16 | c, 0)
    chance = 0.12 * one + 0.43 * pair / (words.counts[b] + 12)
    a = s.before.index if s.before else None
    if a is not None:
        above = words.pairs.get(a << 16 | b, 0)
        if above:
            chance += 0.45 * words.triples.get(a << 32 | b << 16 | c, 0) / (above + 3)
    return math.log(chance + 1e-9)
