"""Deadlines that are dates or are counted from an event: «trước ngày 05/4/2023», «trong thời hạn 15 ngày»."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bmnn.directives.codes import dates_in, day_of
from bmnn.directives.text import Text


@dataclass
class Deadline:
    """One deadline: its kind, its words (letters a..b), and what the kind needs."""

    kind: str
    a: int
    b: int
    more: dict[str, object] = field(default_factory=dict)


_BEFORE = re.compile(
    r"(?:hoan thanh\s+)?(?P<word>truoc|cham nhat(?:\s+(?:la|vao|den|trong))?|muon nhat|khong qua|"
    r"den het|het|xong truoc|trong|vao|den|tu)\s+"
    r"(?:(?:(?P<h>\d{1,2})\s?(?:gio|h|g|:)\s?(?P<min>\d{2})?(?:\s?phut)?,?\s+)?(?:sang |chieu |"
    r"toi |het )?(?:ngay\s+)?)$"
)


_MONTH = re.compile(
    r"(?P<word>truoc|trong|het|den het|cham nhat(?:\s+(?:la|vao|trong))?|hoan thanh(?: trong)?|"
    r"xong trong|xong)\s+(?P<what>thang\s+(?P<m>\d{1,2})\s*(?:/|\s+nam\s+|nam\s+)\s*(?P<y>20\d\d)"
    r"|quy\s+(?P<q>iv|i{1,3}|[1-4])\s*(?:/|\s+nam\s+|nam\s+)\s*(?P<qy>20\d\d)|nam\s+(?P<yy>20\d\d))(?!\d)"
)


_YEAR_DAY = re.compile(
    r"(?P<word>truoc|cham nhat(?:\s+(?:la|vao))?)\s+ngay\s+(?P<d>\d{1,2})\s*(?:/|"
    r"\s+thang\s+)\s*(?P<m>\d{1,2})(?:\s+(?:hang|hằng)\s+nam)(?!\w)"
)


_MONTH_DAY = re.compile(
    r"(?P<word>truoc|cham nhat(?:\s+(?:la|vao))?|vao)\s+ngay\s+(?P<d>\d{1,2})\s+(?:hang|"
    r"hằng)\s+(?P<p>thang|quy)(?!\w)"
)


_PARTIAL_DAY = re.compile(
    r"(?P<word>truoc|cham nhat(?:\s+(?:la|vao))?|muon nhat)\s+(?:ngay\s+)?(?P<d>\d{1,"
    r"2})/(?P<m>\d{1,2})(?![\d/])"
)


_RELATIVE = re.compile(
    r"(?<!\w)(?:(?:trong (?:thoi han|vong|thoi gian)|sau|cham nhat(?: la| trong)?|khong qua|toi da)\s+"
    r"(?P<n>\d{1,3})\s+(?P<u>ngay|gio|thang|tuan|nam)(?:\s+lam viec)?"
    r"(?:[^.;]{0,20}?(?:ke tu|tu|sau|truoc) (?:ngay|khi|thoi diem)[^.;,]{0,80})?"
    r"|(?:cham nhat )?truoc (?:ngay [a-z ]{3,30}? )?(?:it nhat )?(?P<n2>\d{1,3}) (?P<u2>ngay|"
    r"thang|tuan)(?! thang)"
    r"|truoc khi\s+[^.;,()]{4,80})(?!\w)"
)


def free(found: list[Deadline], a: int, b: int) -> bool:
    return not any(d.a < b and a < d.b for d in found)


_WHICH = re.compile(
    r"(?:nhiem vu|cong viec|muc tieu|chi tieu)[^.;,]{0,24}(?:hoan thanh|de ra|dat ra|duoc giao) trong [^.;,]*$"
)
"""«các nhiệm vụ giao hoàn thành trong năm 2026» says which tasks, not when."""


def absolute(t: Text, found: list[Deadline], year: int | None) -> None:
    for m in _YEAR_DAY.finditer(t.folded):
        more: dict[str, object] = {
            "period": ["P1Y"],
            "day": int(m["d"]),
            "month": int(m["m"]),
            "inclusive": m["word"] != "truoc",
        }
        found.append(Deadline("periodic", m.start(), m.end(), more))
    for m in _MONTH_DAY.finditer(t.folded):
        found.append(
            Deadline(
                "periodic",
                m.start(),
                m.end(),
                {
                    "period": ["P1M" if m["p"] == "thang" else "P3M"],
                    "day": int(m["d"]),
                    "inclusive": m["word"] != "truoc",
                },
            )
        )
    for day in dates_in(t):
        start = max(0, day.a - 48)
        lead = t.folded[start : day.a] + (" " if t.folded[day.a : day.a + 4] == "ngay" else "")
        stated = _BEFORE.search(lead)
        if stated is None or not free(found, day.a, day.b):
            continue
        m = stated
        word = m["word"].split()[0]
        if word in ("trong", "vao", "den", "tu") and not _due(t, start + m.start(), m["word"]):
            continue
        more = {"date": day.day.isoformat(), "time": _time(m), "inclusive": word not in ("truoc", "xong")}
        found.append(Deadline("absolute", start + m.start(), day.b, more))
    for m in _MONTH.finditer(t.folded):
        if not free(found, m.start(), m.end()) or (m["word"] == "trong" and not _closes_order(t, m, year)):
            continue
        if _WHICH.search(t.folded[max(0, m.start() - 50) : m.start()] + m[0]):
            continue
        last = last_day(m)
        if last:
            before = m["word"] == "truoc"
            day_ = _first_day(m) if before else last
            found.append(
                Deadline(
                    "absolute",
                    m.start(),
                    m.end(),
                    {"date": day_.isoformat() if day_ else None, "time": None, "inclusive": not before},
                )
            )
    for m in _PARTIAL_DAY.finditer(t.folded):
        if free(found, m.start(), m.end()):
            if re.search(r"(?:hang|moi) nam,?\s*$", t.folded[: m.start()]):
                found.append(
                    Deadline(
                        "periodic",
                        m.start(),
                        m.end(),
                        {"period": ["P1Y"], "day": int(m["d"]), "month": int(m["m"])},
                    )
                )
                continue
            day_ = day_of(m["d"], m["m"], str(year)) if year else None
            found.append(
                Deadline(
                    "absolute",
                    m.start(),
                    m.end(),
                    {
                        "date": day_.isoformat() if day_ else None,
                        "time": None,
                        "inclusive": m["word"] != "truoc",
                    },
                )
            )


def _due(t: Text, a: int, word: str) -> bool:
    """«trong/đến/vào ngày …» is a deadline only after a word of completing or sending."""
    lead = t.folded[max(0, a - 60) : a]
    return (
        re.search(
            r"(?:hoan thanh|xong|gui|bao cao|thoi gian|thoi han|ket thuc|to chuc|trien khai)\b[^.;]{0,50}$",
            lead,
        )
        is not None
        and word != "tu"
    )


def _closes_order(t: Text, m: re.Match[str], year: int | None) -> bool:
    """«trong quý I/2026» ends an order, or follows a word of completing; «trong năm 2022» mostly tells what was."""
    if _due(t, m.start(), "trong"):
        return True
    ends = re.match(r"\s*(?:[.;,/]|$)", t.s[m.end() :]) is not None
    ahead = m["yy"] is None or (year is not None and int(m["yy"]) >= year)
    return ends and ahead and not re.search(r"(?<!\w)đã(?!\w)", t.s[: m.start()])


def _time(m: re.Match[str]) -> str | None:
    if m["h"] is None or int(m["h"]) > 24:
        return None
    return f"{int(m['h']):02d}:{int(m['min'] or 0):02d}"


def _quarter(m: re.Match[str]) -> int | None:
    if m["q"] is None:
        return None
    return {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(m["q"]) or int(m["q"])


def last_day(m: re.Match[str]) -> date | None:
    if m["m"]:
        month, year = int(m["m"]), int(m["y"])
    elif (q := _quarter(m)) is not None:
        month, year = 3 * q, int(m["qy"])
    else:
        month, year = 12, int(m["yy"])
    if not 1 <= month <= 12:
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _first_day(m: re.Match[str]) -> date | None:
    if m["m"]:
        return day_of("1", m["m"], m["y"])
    if (q := _quarter(m)) is not None:
        return date(int(m["qy"]), 3 * q - 2, 1)
    return date(int(m["yy"]), 1, 1)


def relative(t: Text, found: list[Deadline]) -> None:
    for m in _RELATIVE.finditer(t.folded):
        if not free(found, m.start(), m.end()):
            continue
        if m[0].startswith("truoc khi") and re.match(r"truoc khi\s+(?:de xay ra|co luat)", m[0]):
            continue
        more: dict[str, object] = {}
        if number := m["n"] or m["n2"]:
            unit = {"ngay": "D", "thang": "M", "tuan": "W", "nam": "Y"}.get(m["u"] or m["u2"])
            more["duration"] = f"P{int(number)}{unit}" if unit else f"PT{int(number)}H"
        end = m.end()
        cut = re.search(r"\s+(?:theo quy dinh|cung nhu|va\b|nham|de\b)", t.folded[m.start() + 10 : end])
        if cut and not more:
            end = m.start() + 10 + cut.start()
        found.append(Deadline("relative", m.start(), end, more))
