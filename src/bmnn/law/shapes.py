"""The shapes a rule's value may have, and how a value is checked against its shape.

A checker returns what is wrong in Vietnamese, or "" when the value is right. Both the loader and the agency's
corrections go through here, so a correction can never put a value in place that the code cannot use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from bmnn.law.vocabulary import ACTS, BODY_TYPES, LEVELS, POSTS, TIERS

Check = Callable[[Any], str]


def text(value: Any) -> str:
    return "" if isinstance(value, str) and value.strip() else "phải là chữ, không để trống"


def text_or_empty(value: Any) -> str:
    return "" if isinstance(value, str) else "phải là chữ"


def count(value: Any) -> str:
    return (
        ""
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0
        else "phải là số nguyên không âm"
    )


def measure(value: Any) -> str:
    good = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    return "" if good else "phải là số dương"


def flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "phải là đúng (true) hoặc sai (false)"


def month_day(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"\d\d-\d\d", value):
        try:
            date.fromisoformat(f"2024-{value}")
            return ""
        except ValueError:
            pass
    return "phải là tháng-ngày, ví dụ 12-14"


def day(value: Any) -> str:
    if isinstance(value, date):
        return ""
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return "phải là ngày, ví dụ 2026-03-01"
    return ""


def optional(check: Check) -> Check:
    return lambda value: "" if value is None else check(value)


def one_of(choices: Collection[str]) -> Check:
    return lambda value: "" if value in choices else f"phải là một trong: {', '.join(choices)}"


def list_of(check: Check) -> Check:
    def inner(value: Any) -> str:
        if not isinstance(value, list):
            return "phải là danh sách"
        for number, one in enumerate(value, 1):
            wrong = check(one)
            if wrong:
                return f"phần tử {number} {wrong}"
        return ""

    return inner


def mapping(fields: Mapping[str, Check], needed: tuple[str, ...] = ()) -> Check:
    """A mapping with exactly these fields; those in `needed` must be there."""

    def inner(value: Any) -> str:
        if not isinstance(value, dict):
            return "phải là nhóm trường"
        for name in needed:
            if name not in value:
                return f"thiếu trường {name}"
        for name, one in value.items():
            if name not in fields:
                return f"có trường lạ {name}"
            wrong = fields[name](one)
            if wrong:
                return f"trường {name} {wrong}"
        return ""

    return inner


def by_level(check: Check) -> Check:
    return mapping(dict.fromkeys(LEVELS, check), tuple(LEVELS))


def outline(value: Any) -> str:
    """A tree of headings: text, or {text, items}."""
    return list_of(_outline_line)(value)


def _outline_line(value: Any) -> str:
    if isinstance(value, str):
        return text(value)
    return mapping({"text": text, "items": outline, "note": text}, ("text", "items"))(value)


def free(value: Any) -> str:
    """Any mapping of words to plain values: facts that another room reads by name."""
    return "" if isinstance(value, dict) and value else "phải là nhóm trường"


def _year_before(value: Any) -> str:
    return "" if value in (-1, 0) else "phải là 0 (năm báo cáo) hoặc -1 (năm trước)"


_COLUMN = mapping({"heading": text, "fill": text_or_empty, "field": text}, ("heading", "field"))
_STAMP_LINE = mapping(
    {"text": text, "size_pt": measure, "capitals": flag, "bold": flag},
    ("text", "size_pt", "capitals", "bold"),
)
_CHECK_ROW = mapping(
    {"code": text, "group": text, "text": text, "evidence": text_or_empty}, ("code", "group", "text")
)
_LEVEL = one_of(LEVELS)

SHAPES: dict[str, Check] = {
    "count": count,
    "text": text,
    "texts": list_of(text),
    "month_day": month_day,
    "period": mapping(
        {"start": month_day, "start_year": _year_before, "end": month_day, "end_year": _year_before},
        ("start", "start_year", "end", "end_year"),
    ),
    "by_level_count": by_level(count),
    "by_level_text": by_level(text),
    "levels": list_of(_LEVEL),
    "code": text,
    "record": free,
    "outline": outline,
    "definition": text,
    "prohibited": mapping({"number": optional(count), "text": text}, ("number", "text")),
    "penalty": mapping(
        {
            "kind": one_of(("administrative", "criminal")),
            "act": text,
            "least": optional(measure),
            "most": optional(measure),
            "unit": text_or_empty,
            "says": text_or_empty,
        },
        ("kind", "act", "least", "most", "unit"),
    ),
    "duty": mapping({"who": text, "text": text, "when": text_or_empty}, ("who", "text")),
    "checklist": mapping({"title": text, "rows": list_of(_CHECK_ROW)}, ("title", "rows")),
    "register": mapping(
        {
            "version": text,
            "title": text,
            "form": text,
            "page": text,
            "official": flag,
            "cover": list_of(text),
            "columns": list_of(_COLUMN),
        },
        ("version", "title", "form", "page", "official", "cover", "columns"),
    ),
    "stamp": mapping(
        {
            "version": text,
            "title": text,
            "form": text,
            "outline": one_of(("rectangle", "circle", "unknown")),
            "width_mm": optional(measure),
            "height_mm": optional(measure),
            "borders": optional(count),
            "gap_mm": optional(measure),
            "padding_mm": optional(measure),
            "colour": one_of(("red", "black")),
            "font": text,
            "lines": list_of(_STAMP_LINE),
            "anchor": text_or_empty,
            "use": text,
        },
        ("version", "title", "form", "outline", "width_mm", "height_mm", "colour", "font", "lines", "use"),
    ),
    "form": mapping(
        {
            "version": text,
            "number": text_or_empty,
            "use": text,
            "fields": list_of(text),
            "layout_known": flag,
        },
        ("version", "number", "use", "fields", "layout_known"),
    ),
    "authority": mapping(
        {
            "level": _LEVEL,
            "bodies": list_of(one_of(BODY_TYPES)),
            "tiers": list_of(one_of(TIERS)),
            "posts": list_of(one_of(POSTS)),
            "group": text,
            "may_delegate": flag,
        },
        ("level", "bodies", "tiers", "posts", "group", "may_delegate"),
    ),
    "authority_act": mapping(
        {
            "act": one_of(ACTS),
            "by": one_of(("table", "head", "holder")),
            "groups": list_of(text),
            "levels": list_of(_LEVEL),
            "only": list_of(mapping({"level": _LEVEL, "groups": list_of(text)}, ("level", "groups"))),
            "deputy": one_of(("rule", "none")),
        },
        ("act", "by", "deputy"),
    ),
    "own_rows": list_of(
        mapping({"level": _LEVEL, "tier": one_of(TIERS), "post": one_of(POSTS)}, ("level", "tier", "post"))
    ),
    "list": mapping(
        {
            "number": text_or_empty,
            "signed": optional(day),
            "field": text,
            "state": one_of(("in_force", "to_check", "replaced")),
            "public": flag,
            "replaces": list_of(text),
        },
        ("number", "signed", "field", "state", "public"),
    ),
    "list_item": mapping(
        {
            "code": text,
            "decision": text,
            "level": _LEVEL,
            "place": text_or_empty,
            "text": text,
            "ends_when": text_or_empty,
            "keywords": list_of(text),
        },
        ("code", "decision", "level", "place", "text"),
    ),
    "series": mapping(
        {
            "basis": text,
            "marks": list_of(text),
            "rule": text,
            "asks": list_of(text),
            "state_secret": flag,
        },
        ("basis", "marks", "rule", "state_secret"),
    ),
    "table": mapping({"columns": list_of(text), "rows": list_of(text)}, ("columns",)),
}

SHAPE_WORDS: dict[str, str] = {
    "count": "số nguyên",
    "text": "chữ",
    "texts": "danh sách chữ",
    "month_day": "tháng-ngày, ví dụ 12-20",
    "code": "một trong các lựa chọn của quy định",
}


def check_value(shape: str, value: Any, codes: Mapping[str, str]) -> str:
    """What is wrong with a value of this shape; "" when it is right."""
    wrong = SHAPES[shape](value)
    if not wrong and shape == "code" and value not in codes:
        return f"phải là một trong: {', '.join(codes)}"
    return wrong
