"""Bars: a row for each label, a part for each series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from bmnn.office.web.charts.svg import cut, element, frame, nothing, text

LEVELS: dict[str, str] = {"MAT": "Mật", "TOI_MAT": "Tối mật", "TUYET_MAT": "Tuyệt mật"}
_LABEL, _ROOM, _ROW, _BAR = 150.0, 330.0, 28.0, 18.0


@dataclass(frozen=True)
class Bar:
    """A row: its label and the value of each series; None is "not known"."""

    label: str
    values: Mapping[str, float | None]


def bars(title: str, rows: Sequence[Bar], series: Mapping[str, str]) -> SafeString:
    """Stacked bars with their numbers; `series` maps keys to words and gives the order. Raises ValueError for a
    negative value."""
    if not rows:
        return nothing(title)
    if any(value is not None and value < 0 for row in rows for value in row.values.values()):
        raise ValueError("biểu đồ không vẽ số âm")
    most = max(sum(row.values.get(key) or 0 for key in series) for row in rows) or 1
    parts, said = _legend(series), []
    for n, row in enumerate(rows):
        y = 30 + n * _ROW
        parts.append(text(_LABEL - 8, y + 14, cut(row.label, _LABEL - 8), anchor="end"))
        x = _LABEL
        words = []
        for place, (key, name) in enumerate(series.items()):
            value = row.values.get(key)
            words.append(f"{name}: {'chưa rõ' if value is None else _number(value)}")
            if not value:
                continue
            wide = _ROOM * value / most
            parts.append(element("rect", x=x, y=y, width=wide, height=_BAR, class_=f"series s{place}"))
            if wide > 16:
                parts.append(text(x + wide / 2, y + 14, _number(value), f"on s{place}", "middle"))
            x += wide
        unknown = all(row.values.get(key) is None for key in series)
        total = sum(row.values.get(key) or 0 for key in series)
        parts.append(text(x + 6, y + 14, "chưa rõ" if unknown else _number(total), "total"))
        said.append(f"{row.label}: {', '.join(words)}")
    return frame(title, _LABEL + _ROOM + 70, 36 + len(rows) * _ROW, parts, said)


def _legend(series: Mapping[str, str]) -> list[str]:
    if len(series) < 2:
        return []
    parts, x = [], _LABEL
    for place, name in enumerate(series.values()):
        parts.append(element("rect", x=x, y=6, width=12, height=12, class_=f"series s{place}"))
        parts.append(text(x + 17, 17, name))
        x += 32 + 7.5 * len(name)
    return parts


def _number(value: float) -> str:
    """With a comma for decimals and dots between thousands."""
    shown = f"{value:,.1f}".removesuffix(".0")
    return shown.translate(str.maketrans(",.", ".,"))
