"""A rule's value in Vietnamese words, for the page, the command line and paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bmnn.law.model import Rule
from bmnn.law.vocabulary import ACTS, LEVELS, TIERS, body_words, post_words

UNKNOWN = "Chưa biết: phải đọc bản gốc."
_OUTLINES = {"rectangle": "chữ nhật", "circle": "tròn", "unknown": "chưa rõ hình dạng"}
_BY = {"table": "theo bảng chức danh", "head": "người đứng đầu", "holder": "người đang quản lý"}
_STATES = {"in_force": "còn hiệu lực", "to_check": "cần kiểm tra còn hiệu lực", "replaced": "đã được thay"}


def lines(rule: Rule) -> list[str]:
    """The value as one or more lines; one line `UNKNOWN` where nothing is known."""
    if rule.says:
        return [rule.says]
    value = rule.value
    if value is None:
        return [UNKNOWN]
    writer = _WRITERS.get(rule.shape)
    if writer is not None:
        return list(writer(rule, value))
    if isinstance(value, list):
        return [str(one) for one in value]
    return [f"{value} {rule.unit}".strip()]


def sources(rule: Rule, known: Mapping[str, str]) -> list[str]:
    """Where the rule was read, one source a line."""
    found = []
    for part in rule.source.split():
        group = re.sub(r"\d.*$", "", part)
        place = part.removeprefix(group)
        found.append(known.get(part) or f"{known[group]}{f', phần {place}' if place else ''}")
    return found


def short(rule: Rule) -> str:
    """The value on one line."""
    return "; ".join(lines(rule))


def _code(rule: Rule, value: Any) -> list[str]:
    return [rule.codes.get(value, str(value))]


def _by_level(rule: Rule, value: Any) -> list[str]:
    unit = f" {rule.unit}" if rule.unit else ""
    return [f"{LEVELS[level]}: {one}{unit}" for level, one in value.items()]


def _month_day(rule: Rule, value: Any) -> list[str]:
    return [f"ngày {value[3:]}/{value[:2]}"]


def _period(rule: Rule, value: Any) -> list[str]:
    year = {-1: " năm trước", 0: " năm báo cáo"}
    start, end = value["start"], value["end"]
    return [
        f"Từ ngày {start[3:]}/{start[:2]}{year[value['start_year']]} "
        f"đến ngày {end[3:]}/{end[:2]}{year[value['end_year']]}"
    ]


def _prohibited(rule: Rule, value: Any) -> list[str]:
    return [value["text"]]


def _penalty(rule: Rule, value: Any) -> list[str]:
    if value["least"] is None:
        return [UNKNOWN]
    kind = "Phạt" if value["kind"] == "administrative" else "Mức"
    more = [value["says"]] if value.get("says") else []
    return [f"{kind} từ {_figure(value['least'])} đến {_figure(value['most'])} {value['unit']}", *more]


def _duty(rule: Rule, value: Any) -> list[str]:
    when = [f"Khi nào: {value['when']}"] if value.get("when") else []
    return [f"{value['who']}: {value['text']}", *when]


def _checklist(rule: Rule, value: Any) -> list[str]:
    return [f"{row['code']}. {row['text']}" for row in value["rows"]]


def _register(rule: Rule, value: Any) -> list[str]:
    found = [f"{value['title']} ({value['form']}), {value['page']}, {len(value['columns'])} cột"]
    if not value["official"]:
        found.append("Cột dưới đây là dữ liệu cần giữ, chưa phải cột của mẫu chính thức.")
    return found + [f"Cột {n}. {column['heading']}" for n, column in enumerate(value["columns"], 1)]


def _stamp(rule: Rule, value: Any) -> list[str]:
    width, height = value["width_mm"], value["height_mm"]
    size = f"{_figure(width)} × {_figure(height)} mm" if width and height else "kích thước chưa biết"
    found = [f"{_OUTLINES[value['outline']].capitalize()}, {size}; {value['use']}"]
    if value.get("borders"):
        found.append(f"Viền {value['borders']} nét, cách nhau {_figure(value['gap_mm'])} mm")
    return found + [f"Chữ: {line['text']}" for line in value["lines"]]


def _form(rule: Rule, value: Any) -> list[str]:
    number = f"{value['number']}: " if value["number"] else ""
    return [f"{number}{value['use']}", *value["fields"]]


def _authority(rule: Rule, value: Any) -> list[str]:
    delegate = "được ủy quyền cho cấp phó" if value["may_delegate"] else "không ủy quyền"
    return [
        f"Đến độ {LEVELS[value['level']]}; {delegate}",
        f"Chức vụ: {'; '.join(post_words(p) for p in value['posts'])}",
        f"Cơ quan: {'; '.join(body_words(b) for b in value['bodies'])} "
        f"({', '.join(TIERS[t].lower() for t in value['tiers'])})",
    ]


def _authority_act(rule: Rule, value: Any) -> list[str]:
    deputy = "cấp phó theo quy định về cấp phó" if value["deputy"] == "rule" else "cấp phó không được thay"
    return [f"{ACTS[value['act']].capitalize()}: {_BY[value['by']]}; {deputy}"]


def _own_rows(rule: Rule, value: Any) -> list[str]:
    if not value:
        return ["Chưa nhập chức vụ nào."]
    return [
        f"{post_words(r['post'])} ({TIERS[r['tier']].lower()}): đến độ {LEVELS[r['level']]}" for r in value
    ]


def _levels(rule: Rule, value: Any) -> list[str]:
    return [", ".join(LEVELS[one] for one in value)]


def _list(rule: Rule, value: Any) -> list[str]:
    number = value["number"] or "không đăng công khai"
    return [f"{value['field']}: {number}, {_STATES[value['state']]}"]


def _list_item(rule: Rule, value: Any) -> list[str]:
    ends = [f"Hết mật khi điều kiện không còn: {value['ends_when']}"] if value.get("ends_when") else []
    return [f"Độ {LEVELS[value['level']]}, {value['place'] or 'chưa rõ điều khoản'}: {value['text']}", *ends]


def _series(rule: Rule, value: Any) -> list[str]:
    return [f"Căn cứ: {value['basis']}", f"Dấu, chỉ dẫn: {', '.join(value['marks'])}", value["rule"]]


def _table(rule: Rule, value: Any) -> list[str]:
    return [f"Cột: {' · '.join(value['columns'])}", *value.get("rows", ())]


def _outline(rule: Rule, value: Any) -> list[str]:
    return list(_flat(value, ""))


def _flat(items: Any, indent: str) -> list[str]:
    found: list[str] = []
    for one in items:
        if isinstance(one, str):
            found.append(f"{indent}{one}")
        else:
            found += [f"{indent}{one['text']}", *_flat(one["items"], indent + "   ")]
    return found


def _record(rule: Rule, value: Any) -> list[str]:
    return [f"{name}: {one}" for name, one in value.items()]


def _figure(value: float) -> str:
    """A number with a decimal comma."""
    return f"{value:g}".replace(".", ",")


_WRITERS: dict[str, Any] = {
    "code": _code,
    "by_level_count": _by_level,
    "by_level_text": _by_level,
    "month_day": _month_day,
    "period": _period,
    "prohibited": _prohibited,
    "penalty": _penalty,
    "duty": _duty,
    "checklist": _checklist,
    "register": _register,
    "stamp": _stamp,
    "form": _form,
    "authority": _authority,
    "authority_act": _authority_act,
    "own_rows": _own_rows,
    "levels": _levels,
    "list": _list,
    "list_item": _list_item,
    "series": _series,
    "table": _table,
    "outline": _outline,
    "record": _record,
}
