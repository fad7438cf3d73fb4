"""The samples changed by rule, with their truth changed alike: what a reader of five texts only would fail on."""

from __future__ import annotations

import copy
import random
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from bmnn.vietnamese import tables

Truth = dict[str, Any]
Case = tuple[str, str, Truth]  # name, text, truth

_TOP = re.compile(r"^(\s*)(\d{1,2})(\.|-)(\s+)(?=\S)(?!\d)", re.M)
_ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]


def renumbered(
    text: str, truth: Truth, style: Callable[[int], str], label: Callable[[int], str]
) -> tuple[str, Truth]:
    """Top clauses numbered another way; `label` gives the clause path's first part."""
    new = _TOP.sub(lambda m: f"{m[1]}{style(int(m[2]))}{m[4]}", text)
    truth = copy.deepcopy(truth)
    for d in truth["documents"]:
        for t in d["tasks"]:
            if t["clause"] and (m := re.match(r"(\d+)(?=/|$)", t["clause"])):
                t["clause"] = label(int(m[1])) + t["clause"][m.end() :]
    return new, truth


def shuffled(text: str, truth: Truth, seed: int) -> tuple[str, Truth] | None:
    """The top clauses of a single document in another order, numbered anew."""
    if len(truth["documents"]) != 1:
        return None
    starts = [m.start() for m in _TOP.finditer(text)]
    end = len(text)
    d = truth["documents"][0]
    closing = next((t["quote"] for t in d["tasks"] if (t["clause"] or "").startswith("closing")), None)
    for words in filter(None, [closing, d["dissemination"]]):
        at = text.find(words[:24], starts[-1])
        end = min(end, at) if at > 0 else end
    if len(starts) < 3 or (closing is None and not text.rstrip().endswith("./.")):
        return None
    blocks = [text[a:b] for a, b in zip(starts, [*starts[1:], end], strict=True)]
    if closing is None:  # the last clause ends the document
        return None
    order = list(range(len(blocks)))
    random.Random(seed).shuffle(order)
    parts = []
    place = {}
    for new, old in enumerate(order, 1):
        place[old + 1] = new
        parts.append(re.sub(rf"(?m)^(\s*){old + 1}(?=\.\d|\.|-)", rf"\g<1>{new}", blocks[old]))
    truth = copy.deepcopy(truth)
    tasks = truth["documents"][0]["tasks"]
    for t in tasks:
        if m := re.match(r"\d+", t["clause"] or ""):
            t["clause"] = f"{place[int(m[0])]}{t['clause'][m.end() :]}"
    return text[: starts[0]] + "".join(parts) + text[end:], truth


CHANGED = [
    ("Trần Đình Văn", "Lê Thị Hồng Nhung"),
    ("Trần Ngọc Chung", "Y Bion Niê"),
    ("Nguyễn Kim Long", "Đặng Quốc Hùng"),
    ("Huỳnh Thanh Bình", "Vàng Seo Chứ"),
    ("Đồng Nai", "Cao Bằng"),
    ("ĐỒNG NAI", "CAO BẰNG"),
    ("Bắc Giang", "Hà Tĩnh"),
    ("9960", "731"),
    ("7592", "1088"),
    ("2293", "45"),
    ("6272", "902"),
    ("1236", "77"),
    ("452/QĐ", "1209/QĐ"),
    ("2663", "3141"),
    ("58-", "112-"),
    ("69-", "205-"),
    ("01-HD", "19-HD"),
    ("02-HD", "23-HD"),
    ("05/6/2025", "14/02/2024"),
    ("13/6/2025", "28/02/2024"),
    ("11/6/2025", "19/02/2024"),
    ("23/5/2025", "02/01/2024"),
    ("ngày 27 tháng 6 năm 2025", "ngày 08 tháng 3 năm 2024"),
    ("ngày 05 tháng 6 năm 2025", "ngày 14 tháng 02 năm 2024"),
    ("ngày 13 tháng 6 năm 2025", "ngày 28 tháng 02 năm 2024"),
    ("08/02/2022", "21/11/2023"),
    ("05/8/2022", "30/12/2023"),
    ("06/7/2022", "01/12/2023"),
    ("19/5/2023", "09/10/2021"),
    ("05/4/2023", "31/8/2024"),
    ("27/3/2026", "11/4/2026"),
    ("17/3/2026", "20/3/2026"),
]


def changed(text: str, truth: Truth) -> tuple[str, Truth]:
    """Names, places, numbers and dates are others."""
    for old, new in CHANGED:
        text = text.replace(old, new)
    text = text.replace("58-\n", "112-\n")

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: walk(v) for k, v in value.items()}
        if isinstance(value, list):
            return [walk(v) for v in value]
        if value is None or isinstance(value, bool | int | float):
            return value
        words = str(value)
        iso = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", words)
        if iso:
            for old, new in CHANGED:
                day, other = _iso(old), _iso(new)
                if day == words and other:
                    return other
            return words
        for old, new in CHANGED:
            words = new if words == old else words.replace(old, new)
        return words

    return text, walk(truth)


def _iso(words: str) -> str | None:
    m = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", words) or re.fullmatch(
        r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})", words
    )
    return f"{m[3]}-{int(m[2]):02d}-{int(m[1]):02d}" if m else None


_LEAD = re.compile(
    r"(?:^|(?<=\n))[^\n]*(?:\n(?!\s*\n)[^\n]*)*?yêu cầu[^\n]*(?:\n+(?!\s*1[.-])[^\n]+)*?:\s*(?=\n\s*1[.-])"
)


def without_lead(text: str, truth: Truth) -> tuple[str, Truth] | None:
    """The paragraph that names the bodies before clause 1 is gone: what it said is not known."""
    out = []
    at = 0
    hits = 0
    for m in re.finditer(r"(?m)^\s*1[.-]\s", text):
        start = max(text.rfind(".\n", 0, m.start()), text.rfind(". \n", 0, m.start()))
        lead = text[start + 1 : m.start()]
        if "yêu cầu" in lead:
            out.append(text[at : start + 1] + "\n\n")
            at = m.start()
            hits += 1
    if not hits:
        return None
    out.append(text[at:])
    truth = copy.deepcopy(truth)
    truth["skip"] = [
        "header",
        "responsible",
        "through",
        "inherited",
        "citations",
        "relation",
        "relations",
        "shortcomings",
        "links",
    ]
    return "".join(out), truth


def stripped(text: str) -> str:
    """No marks at all."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in apart if not unicodedata.combining(c))


def tcvn3(text: str) -> bytes:
    """The bytes of an old file; capitals lose their tone, as TCVN3 has none."""
    table = {c: 0xA1 + i for i, c in enumerate(tables.TCVN3_HIGH) if c != "\0"}
    out = bytearray()
    for c in unicodedata.normalize("NFC", text):
        if c in table:
            out.append(table[c])
        elif ord(c) < 0x80:
            out.append(ord(c))
        else:
            base = unicodedata.normalize("NFD", c)
            kept = unicodedata.normalize(
                "NFC", base[0] + "".join(x for x in base[1:] if x in "\u0302\u0306\u031b")
            )
            out += bytes([table[kept]]) if kept in table else stripped(c).encode("ascii", "replace")
    return bytes(out)


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a sample that has one a line."""
    return text.split("\n")


def wrapped(text: str, width: int, blank: bool = False) -> str:
    """Lines of at most `width`; with `blank`, a blank line after each."""
    lines: list[str] = []
    for p in paragraphs_of(text):
        lines += textwrap.wrap(p.strip(), width, break_long_words=False, break_on_hyphens=False) or [""]
        if len(p) > width:
            lines.append("")
    return ("\n\n" if blank else "\n").join(lines)


def paged(text: str, width: int = 90, page: int = 32) -> str:
    """Wrapped, with page numbers between the pages, wherever they fall."""
    lines = wrapped(text, width).split("\n")
    out: list[str] = []
    for i in range(0, len(lines), page):
        out += lines[i : i + page]
        if i + page < len(lines):
            out += ["", "", f"{i // page + 2}", "", ""]
    return "\n".join(out)


_LOOK = {
    "a": "ãáà",
    "e": "éè",
    "o": "óò6",
    "u": "úù",
    "i": "1íl",
    "d": "d",
    "l": "1I",
    "n": "n",
    "g": "g",
    "h": "h",
    "c": "c",
    "s": "s",
    "t": "t",
}


def noised(text: str, level: float, seed: int) -> str:
    """What a bad OCR makes of it: marks lost or exchanged, Đ as D, B, P; digits and codes are left as they are."""
    rng = random.Random(seed)

    def word(m: re.Match[str]) -> str:
        w = m[0]
        if any(c.isdigit() for c in w) or (w.isupper() and len(w) < 6):
            return w
        out = []
        for c in w:
            if rng.random() < level and not c.isascii():
                if c in "Đ":
                    out.append(rng.choice("DBPD"))
                elif c == "đ":
                    out.append("d")
                else:
                    apart = unicodedata.normalize("NFD", c)
                    kept = "".join(x for x in apart[1:] if rng.random() > 0.7)
                    out.append(unicodedata.normalize("NFC", apart[0] + kept[:1]))
            elif rng.random() < level / 40 and c in _LOOK:
                out.append(rng.choice(_LOOK[c]))
            else:
                out.append(c)
        return "".join(out)

    return re.sub(r"[^\W_]+", word, text)


def joined(cases: list[Case]) -> tuple[str, Truth]:
    """Several files as one, with all their documents; relations inside each are kept."""
    texts, documents, relations = [], [], []
    for _name, text, truth in cases:
        shift = len(documents)
        texts.append(text.strip("\n"))
        documents += truth["documents"]
        for r in truth.get("relations", []):
            moved = {k: (f"D{int(v[1:]) + shift}" if k != "type" else v) for k, v in r.items()}
            relations.append(moved)
    return "\n\n".join(texts) + "\n", {"documents": documents, "relations": relations}


def forms(cases: list[Case]) -> Iterator[tuple[str, str, bytes | str, Truth]]:
    """Other forms of the same letters: what does not hang on how clauses are numbered."""
    for name, text, truth in cases:
        yield ("marks stripped", name, stripped(text), truth)
        yield ("TCVN3", name, tcvn3(text), truth)
        yield ("NFD", name, unicodedata.normalize("NFD", text), truth)
        for width in (60, 100):
            yield (f"wrapped {width}", name, wrapped(text, width), truth)
        yield ("page numbers", name, paged(text, 80, 26), truth)
        for n, level in enumerate((0.1, 0.3, 0.6), 1):
            yield (f"OCR noise {n}", name, noised(text, level, n), truth)


def variants(cases: list[Case]) -> Iterator[tuple[str, str, bytes | str, Truth]]:
    """(family, name, text or bytes, truth) of every variant."""
    for name, text, truth in cases:
        flat = name != "chi-thi-tinh-uy"
        for family, style, label in (
            ("numbers 1-", lambda n: f"{n}-", str),
            ("numbers 1)", lambda n: f"{n})", str),
            ("numbers I.", lambda n: f"{_ROMAN[n]}.", lambda n: _ROMAN[n]),
        ):
            yield (family, name, *renumbered(text, truth, style, label))
        if (pair := shuffled(text, truth, 3)) is not None:
            yield ("shuffled", name, *pair)
        yield ("others' names", name, *changed(text, truth))
        if (pair := without_lead(text, truth)) is not None:
            yield ("no lead-in", name, *pair)
        yield ("marks stripped", name, stripped(text), truth)
        yield ("TCVN3", name, tcvn3(text), truth)
        yield ("NFD", name, unicodedata.normalize("NFD", text), truth)
        if flat:
            for width in (60, 80, 100):
                yield (f"wrapped {width}", name, wrapped(text, width), truth)
            yield ("blank lines", name, wrapped(text, 90, blank=True), truth)
            yield ("page numbers", name, paged(text), truth)
        yield ("CRLF", name, text.replace("\n", "\r\n"), truth)
        for n, level in enumerate((0.1, 0.3, 0.6), 1):
            yield (f"OCR noise {n}", name, noised(text, level, n), truth)
    for order in ((2, 0, 1, 3), (3, 1, 2, 0), (1, 3, 0, 2)):
        picked = [cases[i] for i in order if i < len(cases)]
        yield ("joined files", "+".join(c[0][8:14] for c in picked), *joined(picked))
