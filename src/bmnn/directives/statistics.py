"""Counts that a document reports, with the sums that can be checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from bmnn.directives.bodies import bodies_at, value_of
from bmnn.directives.lexis import spelled
from bmnn.directives.text import Text, one_line

_UNIT = (
    r"(?:vu an hinh su|vu an|vu viec|vu|tai lieu|van ban|truong hop|nguoi|luot nguoi|may tinh|"
    r"thiet bi|co quan|don vi|doi tuong|ho so|lop|cuoc|usb|may|doan|to chuc|ho|xa|diem|tin bao|"
    r"don)"
)
_COUNT = re.compile(
    rf"(?<![\d/.,\-])(?P<v>\d{{1,3}}(?:\.\d{{3}})+|"
    rf"\d{{1,7}})(?:\s?/\s?(?P<of>\d{{1,7}}))?\s+(?P<unit>{_UNIT})(?!\w)(?:[^.;()\d]{{0,40}}?(?:chiem|"
    rf"dat|bang|tuong duong|ty le)\s+(?:ty le\s+)?(?P<p>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s?%)?"
)
_PERIOD = re.compile(
    r"(?<!\w)(?:trong\s+)?(?:(?:0?[36]|09|9|0?[1-9]|1[0-2]) thang (?:dau |cuoi )?nam|quy (?:i{1,"
    r"3}|iv) nam|nam|thang \d{1,2}[/ ](?:nam )?)\s*(?:20\d\d)"
)
_SCOPE = re.compile(
    r"(?<!\w)(?:tren pham vi toan quoc|toan quoc|ca nuoc|tren dia ban [\w ]{2,30}?)(?=[,.;]|"
    r"\s+(?:da|co|xay|phat|trong|voi|duoc))"
)
_SOURCE = re.compile(r"theo (?:thong bao|bao cao|thong ke|so lieu|danh gia)(?:\s+\w+){0,3}?\s+cua\s+")


@dataclass
class Statistic:
    """One count with its checks; numbers as printed, percent as a number."""

    a: int
    b: int
    what: str
    value: int
    of: int | None
    percent: float | None
    period: str | None
    scope: str | None
    source: str | None
    t: Text
    remarks: list[str] = field(default_factory=list)


def statistics_in(t: Text, marks_lost: bool) -> list[Statistic]:
    """All counts of a paragraph of assessment."""
    found: list[Statistic] = []
    period = _PERIOD.search(t.folded)
    scope = _SCOPE.search(t.folded)
    source = None
    if m := _SOURCE.search(t.folded):
        got = bodies_at(t, m.end())
        source = spelled(value_of(t, got.found[0]), marks_lost) if got else None
    for m in _COUNT.finditer(t.folded):
        value = int(m["v"].replace(".", ""))
        of = int(m["of"]) if m["of"] else None
        percent = float(m["p"].replace(",", ".")) if m["p"] else None
        s = Statistic(
            m.start(), m.end(), _what(t, m), value, of, percent,
            one_line(t.s[period.start() : period.end()]) if period else None,
            one_line(t.s[scope.start() : scope.end()]) if scope else None, source, t,
        )  # fmt: skip
        _check_share(s, m["p"])
        found.append(s)
    _check_sums(found)
    return found


def _what(t: Text, m: re.Match[str]) -> str:
    """«vụ lộ, mất bí mật nhà nước»: the unit and the words after it; for a share of a whole, the form before it."""
    before = re.search(
        r"(?:^|[;:.])\s*(?:nhu:\s*)?((?:qua|ve|do|tai|bang)\s[^;:.]{3,120}?)\s+voi\s+$", t.folded[: m.start()]
    )
    if m["of"] and before:
        return one_line(t.s[before.start(1) : before.end(1)])
    tail = re.compile(
        r"(?:[^.;()]{0,90}?)(?=\s+(?:voi|trong do|chiem|tai|do|dang|duoc|da)\s|[.;()]|, (?:trong|"
        r"chiem|co|da|gom)|$)"
    ).match(t.folded, m.end("unit"))
    end = tail.end() if tail else m.end("unit")
    return one_line(t.s[m.start("unit") : end]).strip(" ,")


def _check_share(s: Statistic, printed: str | None) -> None:
    if s.of is None:
        return
    if s.of == 0 or s.value > s.of:
        s.remarks.append(f"Tử số {s.value} lớn hơn mẫu số {s.of}.")
        return
    if s.percent is None or printed is None:
        return
    places = len(re.split(r"[.,]", printed)[1]) if re.search(r"[.,]", printed) else 0
    share = (Decimal(s.value) * 100 / Decimal(s.of)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if share != Decimal(printed.replace(",", ".")):
        right = f"{share}".replace(".", ",")
        s.remarks.append(f"Văn bản ghi {printed.replace('.', ',')}% nhưng {s.value}/{s.of} = {right}%.")


def _check_sums(found: list[Statistic]) -> None:
    """Parts of one whole: do they add up to it, and their shares to 100 %?"""
    wholes = {s.of for s in found if s.of is not None}
    for whole in wholes:
        parts = [s for s in found if s.of == whole]
        if len(parts) < 2:
            continue
        total = sum(s.value for s in parts)
        if total != whole and total > whole:
            parts[-1].remarks.append(f"Các phần cộng lại là {total}, khác tổng {whole}.")
        elif total != whole:
            parts[-1].remarks.append(f"Các phần nêu ra cộng lại là {total} trên tổng {whole}: chưa đủ.")
