"""Forms to correct a rule: one field for each part of its value, so that nobody types a notation.

`fields(rule)` gives the fields filled in with what stands now; `value(rule, cleaned)` puts the answer together in the
shape the law room checks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from bmnn import law
from bmnn.law.vocabulary import BODY_TYPES, LEVELS, POSTS, TIERS
from bmnn.office.core.acts.law_rules import ConfirmLawRule, CorrectLawRule
from bmnn.office.web.fields import ActForm, choice, inside, line_field

_WORDS = {
    "TUYET_MAT": "Tuyệt mật", "TOI_MAT": "Tối mật", "MAT": "Mật", "number": "Số", "text": "Nội dung",
    "who": "Ai", "when": "Khi nào", "least": "Mức thấp nhất", "most": "Mức cao nhất", "unit": "Đơn vị tính",
    "act": "Hành vi", "says": "Nói thêm", "title": "Tên", "form": "Mẫu", "version": "Phiên bản", "page": "Khổ giấy",
    "official": "Cột đã đúng mẫu chính thức", "cover": "Các mục trang bìa", "columns": "Tên các cột",
    "width_mm": "Rộng (mm)", "height_mm": "Cao (mm)", "borders": "Số nét viền", "gap_mm": "Khoảng giữa hai nét (mm)",
    "padding_mm": "Chữ cách viền (mm)", "colour": "Màu", "font": "Phông chữ", "lines": "Các dòng chữ",
    "anchor": "Vị trí", "use": "Dùng khi", "outline": "Hình", "field": "Lĩnh vực", "signed": "Ngày ký",
    "state": "Tình trạng", "public": "Đăng công khai", "replaces": "Thay thế các quyết định", "code": "Mã",
    "decision": "Quyết định", "level": "Độ mật", "place": "Điều, khoản, điểm", "ends_when": "Điều kiện hết mật",
    "fields": "Các nội dung của mẫu", "layout_known": "Đã đọc được cách trình bày", "bodies": "Loại cơ quan",
    "tiers": "Cấp", "posts": "Chức vụ", "may_delegate": "Được ủy quyền cho cấp phó", "by": "Ai có thẩm quyền",
    "deputy": "Cấp phó", "basis": "Căn cứ", "marks": "Dấu, chỉ dẫn", "rule": "Quy tắc", "asks": "Câu hỏi phân biệt",
    "rows": "Các dòng", "start": "Bắt đầu (tháng-ngày)", "end": "Kết thúc (tháng-ngày)",
}  # fmt: skip
_CHOICES: dict[str, list[tuple[str, str]]] = {
    "level": list(LEVELS.items()),
    "state": [
        ("in_force", "Còn hiệu lực"),
        ("to_check", "Cần kiểm tra còn hiệu lực"),
        ("replaced", "Đã được thay"),
    ],
    "outline": [("rectangle", "Chữ nhật"), ("circle", "Tròn"), ("unknown", "Chưa rõ")],
    "by": [("table", "Theo bảng chức danh"), ("head", "Người đứng đầu"), ("holder", "Người đang quản lý")],
    "colour": [("red", "Đỏ"), ("black", "Đen")],
    "deputy": [("rule", "Theo quy định về cấp phó"), ("none", "Cấp phó không được thay")],
}
_SEVERAL: dict[str, list[tuple[str, str]]] = {
    "bodies": [(k, v.words) for k, v in BODY_TYPES.items()],
    "posts": [(k, v.words) for k, v in POSTS.items()],
    "tiers": list(TIERS.items()),
}
# Parts that name the rule itself or that code relies on: they stay as they are.
_KEPT = {"kind", "code", "decision", "act", "version", "start_year", "end_year", "group", "groups", "only", "levels",
         "state_secret", "keywords", "public", "marks_kept"}  # fmt: skip
# The parts of a value that the agency may fill in although the program left them empty.
_MORE = {
    "stamp": ("borders", "gap_mm", "padding_mm", "anchor"),
    "list_item": ("ends_when",),
    "duty": ("when",),
}
# One line of a list of parts ↔ the part of it that is typed; the rest is kept from the line of the same place.
_LINE_PART = {"columns": "heading", "lines": "text", "rows": "text"}
_NUMBERS = {"width_mm", "height_mm", "gap_mm", "padding_mm", "least", "most"}
_WHOLE = {"borders", "number"}
# Posts of the bodies whose ministers set their own authority, with the tiers where they are found.
_OWN_POSTS: dict[str, tuple[str, ...]] = {
    "truong_cong_an": ("province", "district", "commune"),
    "chi_huy_truong": ("province", "district", "commune"),
    "bo_truong": ("central",),
    "cuc_truong": ("central",),
    "truong_phong": ("central", "province"),
    "truong_don_vi": ("central", "province", "region"),
    "thu_truong": tuple(TIERS),
}
# Names of the technical facts about documents.
_FACTS = {
    "paper": "Khổ giấy", "top_mm": "Lề trên (mm)", "bottom_mm": "Lề dưới (mm)", "left_mm": "Lề trái (mm)",
    "right_mm": "Lề phải (mm)", "encoding": "Bảng mã", "place": "Vị trí", "size_pt": "Cỡ chữ", "style": "Kiểu chữ",
}  # fmt: skip


class CompareForm(ActForm):
    """What both acts ask: where it stands in the original, and a note."""

    citation = line_field(
        "Điều, khoản của bản gốc", help_text="Ví dụ: điểm a khoản 1 Điều 19 Luật 117/2025/QH15, trang 7."
    )
    note = line_field("Ghi chú", required=False)


class CorrectForm(CompareForm):
    """The value as the original has it."""

    def __init__(self, *args: Any, rule: law.Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        for name, one in _fields(rule):
            self.fields[f"v_{name}"] = one
        self.order_fields([n for n in self.fields if n.startswith("v_")])

    @property
    def value_field(self) -> str:
        """Where a refusal of the value is shown."""
        return next((n for n in self.fields if n.startswith("v_")), "")

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(self.value_field if field == "value" else field, error)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                data["value"] = json.dumps(_value(self.rule, data), ensure_ascii=False)
            except ValueError as error:
                self.add_error(self.value_field, str(error))
        return data


def confirm(rule: law.Rule, data: dict[str, Any]) -> ConfirmLawRule:
    """The act behind the form that confirms."""
    return ConfirmLawRule(ConfirmLawRule.Input(rule.address, data["citation"], data["note"]))


def correct(rule: law.Rule, data: dict[str, Any]) -> CorrectLawRule:
    """The act behind the form that corrects."""
    return CorrectLawRule(CorrectLawRule.Input(rule.address, data["citation"], data["value"], data["note"]))


def _fields(rule: law.Rule) -> Iterator[tuple[str, forms.Field]]:
    value = _plain(rule.value)
    if rule.shape == "code":
        field = choice("Quy định là", list(rule.codes.items()))
        field.initial = value
        yield "code", field
    elif rule.shape == "levels":
        yield "several", _several("Độ mật", list(LEVELS.items()), value or [])
    elif rule.shape == "record":
        for number, (path, leaf) in enumerate(_leaves(value)):
            label = ", ".join(_FACTS.get(name) or _WORDS.get(name) or name for name in path)
            yield f"fact_{number}", _text(label, _written(leaf))
    elif rule.shape == "own_rows":
        options = [
            (f"{t}.{p}", f"{POSTS[p].words} ({TIERS[t].lower()})")
            for p, tiers in _OWN_POSTS.items()
            for t in tiers
        ]
        for level, words in LEVELS.items():
            now = [f"{r['tier']}.{r['post']}" for r in value or [] if r["level"] == level]
            field = _several(f"Được cho phép đến độ {words}", options, now)
            field.required = False
            yield f"own_{level}", field
    elif rule.shape == "outline":
        help_text = "Đề mục lớn sát lề; mục nhỏ lùi vào đầu dòng."
        yield (
            "outline",
            _text("Đề cương, mỗi dòng một mục", "\n".join(law.lines(rule)), rows=20, help_text=help_text),
        )
    elif isinstance(value, dict) or (value is None and _template(rule)):
        yield from _parts(rule, value if isinstance(value, dict) else _template(rule))
    elif rule.shape == "texts":
        yield "lines", _text("Nội dung, mỗi dòng một mục", "\n".join(value or []), rows=8)
    elif rule.shape in ("text", "definition"):
        yield "text", _text("Nội dung", value or "", rows=4)
    else:
        label = f"Giá trị ({rule.unit})" if rule.unit else "Giá trị"
        yield "one", _text(label, "" if value is None else str(value))


def _parts(rule: law.Rule, value: dict[str, Any]) -> Iterator[tuple[str, forms.Field]]:
    names = [*value, *(n for n in _MORE.get(rule.shape, ()) if n not in value)]
    for name in names:
        if name in _KEPT and name not in LEVELS:
            continue
        now = value.get(name)
        label = _WORDS.get(name, name)
        if name in _CHOICES:
            field: forms.Field = choice(label, _CHOICES[name])
            field.initial = now
        elif name in _SEVERAL:
            field = _several(label, _SEVERAL[name], now or [])
        elif isinstance(now, bool):
            field = forms.BooleanField(label=label, required=False, initial=now)
        elif isinstance(now, list):
            part = _LINE_PART.get(name)
            typed = [one[part] if isinstance(one, dict) and part else str(one) for one in now]
            field = _text(f"{label}, mỗi dòng một mục", "\n".join(typed), rows=max(4, len(typed) + 1))
        else:
            written = (
                "" if now is None else f"{now:g}".replace(".", ",") if isinstance(now, float) else str(now)
            )
            field = _text(label, written, rows=3 if name == "text" else 0)
        if not isinstance(now, bool):
            field.required = name in ("text", "who", "title", "basis", "rule") or name in LEVELS
        yield name, field


def _value(rule: law.Rule, data: dict[str, Any]) -> Any:
    """The value in its shape. Raises ValueError in Vietnamese."""
    if rule.shape == "code":
        return data["v_code"]
    if rule.shape == "levels":
        return data["v_several"]
    if rule.shape == "record":
        made = _plain(rule.value)
        for number, (path, leaf) in enumerate(_leaves(_plain(rule.value))):
            inner = made
            for name in path[:-1]:
                inner = inner[name]
            inner[path[-1]] = _like(leaf, data[f"v_fact_{number}"].strip(), path[-1])
        return made
    if rule.shape == "own_rows":
        return [
            {"level": level, "tier": tier, "post": post}
            for level in LEVELS
            for tier, _, post in (one.partition(".") for one in data[f"v_own_{level}"])
        ]
    if rule.shape == "outline":
        return _outline(data["v_outline"])
    if "v_lines" in data and rule.shape == "texts":
        return _lines(data["v_lines"])
    if "v_text" in data and rule.shape in ("text", "definition"):
        return data["v_text"].strip()
    if "v_one" in data:
        return _whole(data["v_one"], "Giá trị") if rule.shape == "count" else data["v_one"].strip()
    old = _plain(rule.value) or _template(rule)
    made = {name: one for name, one in old.items() if f"v_{name}" not in data}
    for name in (n.removeprefix("v_") for n in data if n.startswith("v_")):
        made[name] = _part(rule, name, data[f"v_{name}"], old.get(name))
    return {name: one for name, one in made.items() if one is not None or name in old}


def _part(rule: law.Rule, name: str, typed: Any, old: Any) -> Any:
    if isinstance(typed, bool) or name in _SEVERAL:
        return typed
    if isinstance(old, list):
        part, written = _LINE_PART.get(name), _lines(typed)
        if part is None or not (old and isinstance(old[0], dict)):
            return written
        kept = [old[n] if n < len(old) else _fresh(old[-1], n) for n in range(len(written))]
        return [one | {part: text} for one, text in zip(kept, written, strict=True)]
    typed = typed.strip()
    label = _WORDS.get(name, name)
    if name in _NUMBERS:
        return _number(typed, label) if typed else None
    if name in _WHOLE and rule.shape in ("prohibited", "stamp"):
        return _whole(typed, label) if typed else None
    if rule.shape == "by_level_count":
        return _whole(typed, label)
    if name == "signed":
        return typed or None
    return typed


def _fresh(like: dict[str, Any], number: int) -> dict[str, Any]:
    """A further line after the known ones: it shows a field that no line shows yet."""
    return like | ({"field": f"them_{number + 1}", "fill": ""} if "field" in like else {})


def _template(rule: law.Rule) -> dict[str, Any]:
    """The value of another version, where this one has none."""
    for other in law.library().versions.get(rule.key, ()):
        if isinstance(other.value, dict):
            return dict(_plain(other.value))
    return {}


def _plain(value: Any) -> Any:
    """The value with days as text."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


def _lines(typed: str) -> list[str]:
    return [one.strip() for one in typed.splitlines() if one.strip()]


def _leaves(value: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every fact of a record with its place."""
    for name, one in value.items():
        if isinstance(one, dict):
            yield from _leaves(one, (*path, name))
        else:
            yield (*path, name), one


def _written(leaf: Any) -> str:
    """A fact as it is typed: numbers with a decimal comma, several joined by a semicolon."""
    if isinstance(leaf, list):
        return "; ".join(_written(one) for one in leaf)
    return leaf if isinstance(leaf, str) else f"{leaf:g}".replace(".", ",")


def _like(leaf: Any, typed: str, name: str) -> Any:
    """What was typed, of the kind that stood there."""
    if isinstance(leaf, list):
        return [_number(one.strip(), _FACTS.get(name, name)) for one in typed.split(";")]
    return typed if isinstance(leaf, str) else _number(typed, _FACTS.get(name, name))


def _outline(typed: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for one in typed.splitlines():
        if one[:1].isspace() and one.strip() and found:
            found[-1]["items"].append(one.strip())
        elif one.strip():
            found.append({"text": one.strip(), "items": []})
    return found


def _whole(typed: str, label: str) -> int:
    if not typed.strip().isdigit():
        raise ValueError(f"{label} phải là số nguyên.")
    return int(typed)


def _number(typed: str, label: str) -> float | int:
    try:
        found = float(typed.replace(",", "."))
    except ValueError:
        raise ValueError(f"{label} phải là số, ví dụ 30 hoặc 12,5.") from None
    return int(found) if found.is_integer() else found


def _text(label: str, initial: str, *, rows: int = 0, help_text: str = "") -> forms.CharField:
    field = line_field(label, rows=rows, help_text=help_text)
    field.initial = initial
    return field


def _several(label: str, choices: list[tuple[str, str]], now: list[str]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        initial=now,
        widget=forms.SelectMultiple(attrs={"size": min(8, len(choices))}),
        error_messages={
            "required": f"Hãy chọn {inside(label)}.",
            "invalid_choice": f"Hãy chọn lại {inside(label)}.",
        },
    )
