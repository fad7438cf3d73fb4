"""The words of data/bodies.yaml and data/verbs.yaml as patterns; abbreviations and how names are written out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bmnn.vietnamese import fold


@dataclass(frozen=True)
class Lexis:
    """Patterns on folded text; `spelling` gives the marks and case of a folded name, `spellings` all of them."""

    heads: re.Pattern[str]
    gathered: re.Pattern[str]
    fields: re.Pattern[str]
    levels: re.Pattern[str]
    verbs: re.Pattern[str]
    spelling: dict[str, str]
    spellings: dict[str, frozenset[str]]
    one_syllable: frozenset[str]


def _words(name: str) -> dict[str, list[str]]:
    loaded: dict[str, Any] = yaml.safe_load((files("bmnn.directives") / "data" / name).read_text("utf-8"))
    return loaded


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Alternation of folded words, longest first, ending at a word's end."""
    folded = sorted({fold(w) for w in words}, key=lambda w: (-len(w), w))
    body = "|".join(re.escape(w).replace(r"\ ", r"\s+").replace(" ", r"\s+") for w in folded)
    return re.compile(rf"(?:{body})(?![\w])")


@cache
def lexis() -> Lexis:
    """Load the words once."""
    bodies, verbs = _words("bodies.yaml"), _words("verbs.yaml")
    all_verbs = verbs["adverbs"] + verbs["verbs"]
    return Lexis(
        heads=_pattern(bodies["fixed"] + bodies["posts"] + list(_ABBREVIATED_HEADS)),
        gathered=_pattern(bodies["gathered"]),
        fields=_pattern(bodies["fields"]),
        levels=_pattern(bodies["levels"]),
        verbs=_pattern(all_verbs),
        spellings=_spellings([*bodies["posts"], *bodies["fixed"], *bodies["gathered"]]),
        spelling={fold(w): w for w in [*bodies["fields"], *bodies["posts"], *bodies["fixed"]]},
        one_syllable=frozenset(w for w in all_verbs if " " not in w),
    )


def _spellings(words: list[str]) -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for w in words:
        out.setdefault(fold(w), set()).add(w.lower())
    return {k: frozenset(v) for k, v in out.items()}


def phrases() -> list[str]:
    """Every set phrase, as written: the mark restoration takes them as known word pairs."""
    bodies, verbs = _words("bodies.yaml"), _words("verbs.yaml")
    more = [
        *_words("phrases.yaml")["phrases"],
        *(f"{head} {field}" for head in ("Sở", "Bộ") for field in bodies["fields"]),
    ]
    return [w for words in (bodies, verbs) for part in words.values() for w in part] + more


def foreign_words() -> frozenset[str]:
    """Words of other languages, in small letters."""
    return frozenset(_words("phrases.yaml")["foreign"])


def openers() -> frozenset[str]:
    """First words of names of bodies and posts, in small letters."""
    bodies = _words("bodies.yaml")
    return frozenset(w.split()[0].lower().strip(",") for w in bodies["fixed"] + bodies["posts"])


_ABBREVIATED_HEADS = (
    "UBND",
    "HĐND",
    "MTTQ",
    "MTTQVN",
    "UBMTTQ",
    "BTV",
    "TTTU",
    "VPTU",
    "VP",
    "BCĐ",
    "UBKT",
    "TAND",
    "VKSND",
    "BCH",
    "TT HĐND",
)

ABBREVIATIONS: tuple[tuple[str, str], ...] = (
    (r"CP\.\s?VPTU", "Chánh, Phó Chánh Văn phòng Tỉnh ủy"),
    (r"TT\.?\s?HĐND", "Thường trực Hội đồng nhân dân"),
    (r"TT\s?&\s?TT", "Thông tin và Truyền thông"),
    (r"GD\s?&\s?ĐT", "Giáo dục và Đào tạo"),
    (r"CQ\.?\s?UBKT", "Cơ quan Ủy ban Kiểm tra"),
    (r"Ban\s?XDĐ|Ban\s?XDD", "Ban Xây dựng Đảng"),
    (r"UBMTTQVN", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    (r"UBMTTQ", "Ủy ban Mặt trận Tổ quốc"),
    (r"MTTQVN", "Mặt trận Tổ quốc Việt Nam"),
    (r"MTTQ", "Mặt trận Tổ quốc"),
    (r"UBND", "Ủy ban nhân dân"),
    (r"HĐND", "Hội đồng nhân dân"),
    (r"UBKT", "Ủy ban Kiểm tra"),
    (r"BMNN", "bí mật nhà nước"),
    (r"CT\s?-\s?XH", "chính trị - xã hội"),
    (r"BTV", "Ban Thường vụ"),
    (r"BCĐ", "Ban Chỉ đạo"),
    (r"BCH", "Ban Chấp hành"),
    (r"TTTU", "Thường trực Tỉnh ủy"),
    (r"VPTU", "Văn phòng Tỉnh ủy"),
    (r"PCVP", "Phó Chánh Văn phòng"),
    (r"PCT", "Phó Chủ tịch"),
    (r"CTTĐT", "Cổng thông tin điện tử"),
    (r"TTĐT", "thông tin điện tử"),
    (r"ANQG", "an ninh quốc gia"),
    (r"TAND", "Tòa án nhân dân"),
    (r"VKSND", "Viện kiểm sát nhân dân"),
    (r"VP\.?(?=\s|$|[,;])", "Văn phòng"),
)
"""The table of the contract, and its near kin; matched with their case, so that words are never taken for them."""

_EXPAND = [(re.compile(rf"(?<![\w.]){pattern}(?![\wĐđ])"), full) for pattern, full in ABBREVIATIONS]
_STRIPPED = [
    (re.compile(rf"(?<![\w.]){pattern.replace('Đ', '[ĐDBP]')}(?![\w])"), full)
    for pattern, full in ABBREVIATIONS
    if "Đ" in pattern
]


def expand(value: str) -> str:
    """A value with abbreviations written out, one line, the tone of «Ủy» on its U."""
    value = re.sub(r"\s+", " ", value).strip()
    for pattern, full in [*_EXPAND, *_STRIPPED]:
        value = pattern.sub(full, value)
    return re.sub(r"\b([Uu])ỷ\b", lambda m: ("Ủ" if m[1] == "U" else "ủ") + "y", value)


def spelled(value: str, marks_lost: bool = False) -> str:
    """A body's name as a value: abbreviations out; where an OCR lost marks, known names get theirs back."""
    value = expand(value.strip(" ,;.:-–"))
    if not marks_lost:
        return value
    words = lexis()
    plain = fold(value)
    if len(plain) != len(value):
        return value
    out, at = [], 0
    while at < len(value):
        m = None
        if at == 0 or not plain[at - 1].isalnum():
            m = words.heads.match(plain, at) or words.fields.match(plain, at)
        known = words.spelling.get(re.sub(r"\s+", " ", m[0])) if m else None
        if m and known and len(known) == m.end() - at:
            out.append(
                "".join(
                    k.upper() if v.isupper() else k.lower()
                    for k, v in zip(known, value[at : m.end()], strict=True)
                )
            )
            at = m.end()
        else:
            out.append(value[at])
            at += 1
    return "".join(out)


_PLACES = (
    r"(?:tinh|thanh pho|huyen|thi xa|quan|xa|phuong|thi tran|dac khu|tinh uy|thanh uy|huyen uy|"
    r"quan uy|thi uy|thanh doan|tinh doan)"
)


def from_capitals(name: str) -> str:
    """«ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI» as a sentence writes it: «Ủy ban nhân dân tỉnh Đồng Nai»."""
    name = re.sub(r"\s+", " ", name).strip(" *-–,;:")
    letters = [c for c in name if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < 0.8 * len(letters):
        return expand(name)
    for pattern, full in _EXPAND:
        name = pattern.sub(full.upper(), name)
    words = lexis()
    plain, low = fold(name), name.lower()
    out: list[str] = []
    at, proper = 0, False
    while at < len(name):
        start = at == 0 or not plain[at - 1].isalnum()
        m = (words.fields.match(plain, at) if out and start else None) or (
            words.heads.match(plain, at) if start else None
        )
        known = words.spelling.get(m[0]) if m else None
        if m and known and not (proper and at and " " not in m[0]):
            out.append(
                "".join(
                    k.upper() if k.isupper() else v for k, v in zip(known, low[at : m.end()], strict=True)
                )
            )
            proper = re.search(rf"{_PLACES}$", m[0]) is not None
            at = m.end()
        elif start and (level := words.levels.match(plain, at)):
            out.append(low[at : level.end()])
            proper, at = True, level.end()
        elif start and proper and plain[at].isalnum():
            end = re.compile(r"\w+").match(plain, at)
            stop = end.end() if end else at + 1
            out.append(name[at] + low[at + 1 : stop])
            at = stop
        else:
            out.append(low[at])
            at += 1
    value = "".join(out)
    return expand(value[0].upper() + value[1:])
