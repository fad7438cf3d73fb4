"""Two pictures of a check as inline SVG: the timeline of a computer, and which device went into which computer.

Colours stand in attributes, because the page's policy forbids inline style; nothing is said by colour alone.
"""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from bmnn.office.equipment.times import moment
from bmnn.office.equipment.words import ROLES

_INK, _QUIET, _RULE, _NAVY, _RED, _AMBER, _GREEN = (
    "#17212e", "#4a5666", "#b9c2cc", "#1d3a5c", "#a61b1b", "#7a4b00", "#1d5e38",
)  # fmt: skip
_LANES = (
    ("device", "USB, ổ cứng", _NAVY, "■"),
    ("phone", "Điện thoại", _RED, "▲"),
    ("network", "Mạng", _GREEN, "●"),
    ("internet", "Internet", _RED, "◆"),
    ("clock", "Đồng hồ", _AMBER, "✚"),
    ("cleared", "Xóa nhật ký", _RED, "✖"),
    ("installed", "Cài Windows", _QUIET, "★"),
)
_FONT = 'font-family="Segoe UI, Noto Sans, Liberation Sans, Arial, sans-serif"'


def _text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 13,
    fill: str = _INK,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" {_FONT} font-size="{size}" fill="{fill}" text-anchor="{anchor}"{weight}>'
        f"{escape(words)}</text>"
    )


def _svg(width: float, height: float, title: str, body: list[str]) -> SafeString:
    parts = "".join(body)
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>{parts}</svg>'
    )
    return mark_safe(picture)  # noqa: S308  every word in it is escaped above


def timeline(machine: dict[str, Any]) -> SafeString | None:
    """What happened on a computer, by kind; None when no trace carries a moment."""
    events = [(at, e) for e in machine["events"] if (at := moment(e["at"])) is not None]
    # The installation mostly lies years before everything else: it stands at the left edge and stretches no axis.
    told = [at for at, e in events if e["kind"] != "installed"]
    if not told:
        return None
    lanes = [lane for lane in _LANES if any(e["kind"] == lane[0] for _, e in events)]
    first, last = min(told), max(told)
    left, right, top, step = 130, 1000, 34, 34
    height = top + step * len(lanes) + 34
    body: list[str] = []

    def x(at: datetime) -> float:
        span = (last - first).total_seconds()
        share = (at - first).total_seconds() / span if span else 0.5
        return left + 14 + (right - left - 28) * min(1.0, max(0.0, share))

    for tick, at in _ticks(first, last):
        body.append(
            f'<line x1="{x(at):.1f}" y1="{top - 8}" x2="{x(at):.1f}" y2="{height - 28}" stroke="{_RULE}"/>'
        )
        body.append(_text(x(at), height - 10, tick, size=12, fill=_QUIET, anchor="middle"))
    for row, (kind, label, colour, sign) in enumerate(lanes):
        y = top + step * row + 12
        body.append(
            f'<line x1="{left}" y1="{y}" x2="{right}" y2="{y}" stroke="{_RULE}" stroke-dasharray="2 4"/>'
        )
        body.append(_text(left - 10, y + 5, label, anchor="end", fill=colour, bold=True))
        for at, e in events:
            if e["kind"] == kind:
                tip = f"{at:%H:%M %d/%m/%Y}: {e['text']}"
                shown, size, anchor = (sign, 15, "middle") if at >= first else (f"◄ {at:%m/%Y}", 12, "start")
                body.append(
                    f'<g><title>{escape(tip)}</title><text x="{x(at):.1f}" y="{y + 5}" {_FONT} font-size="{size}" '
                    f'fill="{colour}" text-anchor="{anchor}">{shown}</text></g>'
                )
    return _svg(right + 20, height, f"Dòng thời gian của máy {machine['name']}", body)


def _ticks(first: datetime, last: datetime) -> list[tuple[str, datetime]]:
    """Up to seven marks of the axis: years, months or days."""
    days = max(1, (last - first).days)
    form = "%d/%m/%Y" if days < 400 else "%m/%Y"
    count = 6 if days > 2 else 1
    return [
        ((first + (last - first) * i / count).strftime(form), first + (last - first) * i / count)
        for i in range(count + 1)
    ]


def graph(result: dict[str, Any]) -> SafeString | None:
    """Computers on the left, devices on the right; a red double edge where a device joined a drafting computer and one
    on a network. None when there is no device with a serial."""
    machines = result["machines"]
    rows: dict[str, dict[str, Any]] = {}
    for m in machines:
        for d in m["devices"]:
            if d["serial"] and d["kind"] in ("storage", "phone"):
                row = rows.setdefault(d["serial"], {"device": d, "on": []})
                row["on"].append(m["name"])
    if not rows:
        return None
    role = {m["name"]: m["role"] for m in machines}
    shown = sorted(rows.values(), key=lambda r: (-len(set(r["on"])), r["device"]["serial"]))[:30]
    step, top, left, right = 46, 30, 250, 640
    height = top + step * max(len(machines), len(shown)) + 30
    y_machine = {m["name"]: top + 20 + step * i for i, m in enumerate(machines)}
    body = [
        _text(left, 16, "Máy tính", anchor="end", fill=_QUIET, bold=True),
        _text(right, 16, "Thiết bị", fill=_QUIET, bold=True),
    ]
    for i, row in enumerate(shown):
        y = top + 20 + step * i
        roles = {role[name] for name in row["on"]}
        crossed = "drafting" in roles and bool(roles & {"internet", "lan"})
        colour = _RED if crossed else _QUIET
        for name in sorted(set(row["on"])):
            a, b = y_machine[name], y
            for shift in (-2, 2) if crossed else (0,):
                body.append(
                    f'<line x1="{left + 12}" y1="{a + shift}" x2="{right - 12}" y2="{b + shift}" stroke="{colour}" '
                    'stroke-width="2"/>'
                )
        d = row["device"]
        name = f"{d['name'] or 'thiết bị'}{' «' + d['labels'][0] + '»' if d['labels'] else ''}"
        words = f"{'▲ ' if d['kind'] == 'phone' else '■ '}{name[:48]}"
        body.append(
            _text(right, y + 1, words, fill=_RED if crossed or d["kind"] == "phone" else _INK, bold=crossed)
        )
        note = f"{d['serial'][:28]}{' · DÙNG CHÉO' if crossed else ''}{' · điện thoại' if d['kind'] == 'phone' else ''}"
        body.append(_text(right, y + 17, note, size=12, fill=_RED if crossed else _QUIET))
    for m in machines:
        y = y_machine[m["name"]]
        body.append(_text(left, y + 1, m["name"][:34], anchor="end", bold=True))
        body.append(
            _text(left, y + 17, ROLES.get(m["role"], "chưa khai vai trò"), size=12, fill=_QUIET, anchor="end")
        )
    return _svg(1020, height, "Máy tính và thiết bị đã cắm", body)
