"""Deadlines: dates, periods, «kịp thời», «theo quy định», «khi …»; each with the words that say it and
nothing that they do not say.
"""

from __future__ import annotations

import re

from bmnn.directives.codes import dates_in
from bmnn.directives.due_dates import Deadline, absolute, free, last_day, relative
from bmnn.directives.text import Text, one_line

_PERIOD_WORD = re.compile(
    r"(?P<p>06 thang|6 thang|sau thang|03 thang|3 thang|ba thang|09 thang|9 thang|hang ngay|moi "
    r"ngay|hang tuan|moi tuan|hang thang|moi thang|thang|hang quy|moi quy|quy|hang nam|moi nam|01 "
    r"nam|mot nam"
    r"|nam|05 nam|5 nam|2 nam|02 nam|3 nam|03 nam|ngay|tuan)(?!\w)"
)


_ISO = {
    words: period
    for period, alternatives in {
        "P1D": "hang ngay|moi ngay|ngay",
        "P1W": "hang tuan|moi tuan|tuan",
        "P1M": "hang thang|moi thang|thang",
        "P3M": "03 thang|3 thang|ba thang|hang quy|moi quy|quy",
        "P6M": "06 thang|6 thang|sau thang",
        "P9M": "09 thang|9 thang",
        "P1Y": "hang nam|moi nam|01 nam|mot nam|nam",
        "P2Y": "02 nam|2 nam",
        "P3Y": "03 nam|3 nam",
        "P5Y": "05 nam|5 nam",
    }.items()
    for words in alternatives.split("|")
}


_PERIODIC = re.compile(r"(?<!\w)dinh ky(?!\w)")


_YEARLY = re.compile(
    r"(?<!\w)(?P<p>hang nam|moi nam|hang quy|moi quy|hang thang|moi thang|hang tuan|moi tuan|hang "
    r"ngay)(?!\w)"
)


_THING_BEFORE = re.compile(
    r"(?:sinh hoat|kiem tra|bao cao|hop|giao ban|bao duong|dao tao|boi duong|phien hop|thuong ky|"
    r"danh gia,? xep loai[^.;,]{0,60}|muc do hoan thanh nhiem vu|xep loai[^.;,]{0,60}|binh quan|"
    r"trung binh|so voi)\s+$"
)


_PROMPT = re.compile(r"(?<!\w)kip thoi(?!\w)")


_IMMEDIATE = re.compile(
    r"(?<!\w)(?:khan truong|lap tuc|tuc thoi|(?:trien khai|bao cao|thuc hien|xu ly|to chuc|dung|"
    r"thong bao|khac phuc|chan chinh|kiem tra|trao doi|di doi|so tan|gui|ban hanh|xay dung|ra "
    r"soat)[\w ]{0,12}?\s+ngay)(?!\w)"
)


_AT_ONCE = re.compile(r"(?<=\w )ngay(?!\w)(?!\s+(?:từ|tại|trong|trên|cả|khi|sau|đầu|thẳng|lập tức|ở|đến|\d))")


_CONTINUOUS = re.compile(
    r"(?<!\w)thuong xuyen(?:,? lien tuc)?(?!\w)|(?<!\w)lien tuc(?=\s+(?:theo|cap|ra|nam|truc|to))"
)


_REGULATED = re.compile(r"(?<!\w)theo (?:dung )?(?:che do )?(?:thoi han )?quy dinh(?!\w)")


_STATE_VERBS = re.compile(r"\s*,?\s*(?:tiep xuc|lam viec|cong tac|lien quan|bi\b|co mat|o\b|va lien tuc bi)")


_CONDITION_HEAD = re.compile(
    r"(?:khi|neu|truong hop|trong truong hop)(?!\w)"
    r"|trong qua trinh (?:trien khai|thuc hien|to chuc)[^.,;]{0,60}(?:,\s*)?(?:neu\s+)?(?=(?:co|"
    r"neu|gap|phat sinh)\s)"
    r"|qua trinh[^.,;]{0,50}(?:,\s*)?(?=(?:neu|co|gap|phat sinh)\s)"
)


_CONDITION_INSIDE = re.compile(
    r"(?<!\w)(?:ngay (?:sau )?khi|sau khi|khi|neu)\s+(?=(?:co|phat hien|nhan duoc|xay ra|phat "
    r"sinh|duoc yeu cau|nguoi|can bo|co quan|gap|can thiet|du dieu kien|dap ung du|ket thuc|hoan "
    r"thanh|to chuc xong|phat "
    r"sinh)(?!\w)(?! mat))"
)


_SENTENCE = re.compile(r"(?:(?<=[.!?])\s+(?=[A-ZĐÀ-Ỹ])|(?<=[;])\s+)")


def deadlines_in(t: Text, year: int | None = None) -> list[Deadline]:
    """All deadlines of a unit's text.

    `year` is the document's own year; it completes «trước 15/12» when the text names none. Where the document
    shows no date either, such a deadline stays without a date (`date` null).
    """
    found: list[Deadline] = []
    absolute(t, found, year)
    relative(t, found)
    _conditional(t, found)
    _periodic(t, found)
    _words(t, found)
    found.sort(key=lambda d: (d.a, d.b))
    return _unique(t, found)


_CELL = re.compile(
    r"(?:(?P<word>truoc|cham nhat|trong|het|den het|hoan thanh(?: trong)?)\s+)?"
    r"(?:thang\s+(?P<m>\d{1,2})\s*[/\-]\s*(?P<y>20\d\d)"
    r"|quy\s+(?P<q>iv|i{1,3}|[1-4])\s*[/\-]?\s*(?:nam\s+)?(?P<qy>20\d\d)|(?:nam\s+)?(?P<yy>20\d\d))\s*\.?"
)


def deadlines_of_cell(t: Text, year: int | None = None) -> list[Deadline]:
    """Deadlines of a table's column of times, where «Quý II/2026», «30/6/2026», «Hằng năm» stand alone."""
    found = deadlines_in(t, year)
    if found:
        return found
    if m := _CELL.fullmatch(t.folded.strip()):
        last = last_day(m)
        if last:
            return [
                Deadline(
                    "absolute",
                    0,
                    len(t),
                    {"date": last.isoformat(), "time": None, "inclusive": m["word"] != "truoc"},
                )
            ]
    days = dates_in(t)
    if len(days) == 1:
        return [
            Deadline(
                "absolute", 0, len(t), {"date": days[0].day.isoformat(), "time": None, "inclusive": True}
            )
        ]
    return []


def _unique(t: Text, found: list[Deadline]) -> list[Deadline]:
    out: list[Deadline] = []
    seen: set[tuple[str, str]] = set()
    for d in found:
        plain = d.kind in ("prompt", "immediate", "continuous", "as_regulated")
        key = (d.kind, "" if plain else t.folded[d.a : d.b])
        if key not in seen:
            seen.add(key)
            out.append(d)
    return out


def _starts(t: Text) -> list[int]:
    return [0, *(m.end() for m in _SENTENCE.finditer(t.s))]


def _conditional(t: Text, found: list[Deadline]) -> None:
    starts = _starts(t)
    for a in starts:
        m = _CONDITION_HEAD.match(t.folded, a)
        if not m or (m[0].startswith("neu") and t.s[a : a + 3].lower() != "nếu"):
            continue
        then = re.compile(r"[^.;]{3,420}?\s+thì\s").match(t.s, m.end())
        end = re.compile(
            r"\s+(?:thi|yeu cau|de nghi|phai|can)(?!\w)|[,;:.](?=\s)(?!\s*(?:vuong mac|tuong tu|su "
            r"viec)(?!\w))"
        ).search(t.folded, then.end() - 5 if then else m.end() + 3)
        close = end.start() if end else len(t)
        trigger = one_line(t.s[m.end() : close]).strip(" ,")
        if len(trigger) > 3 and not re.match(r"(?:ra nuoc ngoai|to chuc hoi)", t.folded[m.end() :].strip()):
            close = close if then else _wider(t, m.end(), close)
            trigger = one_line(t.s[m.end() : close]).strip(" ,")
            found.append(Deadline("conditional", a, close, {"trigger": trigger}))
    for m in _CONDITION_INSIDE.finditer(t.folded):
        if not free(found, m.start(), m.end()) or m.start() in starts:
            continue
        if m[0].startswith("neu") and t.s[m.start() : m.start() + 3].lower() != "nếu":
            continue
        head = t.folded[max(x for x in starts if x <= m.start()) : m.start()]
        if re.search(
            r"(?:chiu trach nhiem|gan trach nhiem|xu ly trach nhiem|trach nhiem cua nguoi dung dau)[^.;]*$",
            head,
        ) or re.search(r"\($", head.strip()):
            continue
        end = re.compile(r"[,;.)](?=\s|$)").search(t.folded, m.end() + 3)
        close = _wider(t, m.end(), end.start() if end else len(t))
        found.append(
            Deadline("conditional", m.start(), close, {"trigger": one_line(t.s[m.end() : close]).strip(" ,")})
        )


def _wider(t: Text, a: int, close: int) -> int:
    """«Khi phát hiện các vụ, việc có dấu hiệu …»: a comma inside the trigger does not end it."""
    words = t.folded[a:close].split()
    rest = t.folded[close : close + 40]
    if (
        re.match(r",\s*(?:viec|vuong mac|tinh huong|su co|kho khan|mat|lot|no|that lac|hu hong)(?!\w)", rest)
        and len(words) < 14
    ):
        end = re.compile(
            r"\s+(?:thi|yeu cau|de nghi|phai|can|kip thoi|bao cao|phan anh)(?!\w)|"
            r"[,;.](?=\s|$)(?!\s*(?:mat|lot|no|that lac|hu hong)(?!\w))"
        ).search(t.folded, close + 2)
        return end.start() if end else len(t)
    return close


def _periodic(t: Text, found: list[Deadline]) -> None:
    for m in _PERIODIC.finditer(t.folded):
        lead = t.folded[max(0, m.start() - 70) : m.start()]
        periods, end = _listed_periods(t, m.end())
        reported = periods and re.search(r"bao cao\s+$", lead)
        if (_THING_BEFORE.search(lead) and not reported) or re.match(
            r",?\s*(?:hoac |va )?dot xuat", t.folded[m.end() :]
        ):
            continue
        if re.search(r"(?:che do|ke hoach|so lieu)\s+$", lead):
            continue
        if free(found, m.start(), end):
            found.append(Deadline("periodic", m.start(), end, {"period": periods}))
    for m in _YEARLY.finditer(t.folded):
        lead = t.folded[max(0, m.start() - 70) : m.start()]
        if not free(found, m.start(), m.end()) or _THING_BEFORE.search(lead):
            continue
        if any(d.kind == "periodic" and m.end() <= d.a <= m.end() + 3 for d in found):
            continue  # «hằng năm, trước ngày 15/12»: said by the deadline that follows
        periods, end = _listed_periods(t, m.start() - 1)
        found.append(
            Deadline(
                "periodic",
                m.start(),
                max(end, m.end()),
                {"period": periods or [_ISO[m["p"]]]},
            )
        )
    for m in re.finditer(
        r"(?<!\w)so ket\s+(?:0?6 thang|hang quy|quy),?\s*(?:va\s+)?tong ket (?:hang )?nam(?!\w)", t.folded
    ):
        if free(found, m.start(), m.end()):
            found.append(
                Deadline(
                    "periodic", m.start(), m.end(), {"period": ["P3M" if "quy" in m[0] else "P6M", "P1Y"]}
                )
            )
    for m in re.finditer(r"(?<!\w)0?6 thang(?:,| va)\s+(?:(?:hang|mot|ca|01)\s+)?nam(?!\w)", t.folded):
        if free(found, m.start(), m.end()):
            found.append(Deadline("periodic", m.start(), m.end(), {"period": ["P6M", "P1Y"]}))


def _listed_periods(t: Text, at: int) -> tuple[list[str], int]:
    """«6 tháng, hằng năm» after «định kỳ»."""
    periods: list[str] = []
    end = at
    while True:
        gap = re.compile(r"[\s(]*(?:,|va|hoac)?\s*").match(t.folded, end)
        start = gap.end() if gap else end
        m = _PERIOD_WORD.match(t.folded, start)
        if (
            not m
            or (not periods and start - at > 3)
            or (periods and m["p"] in ("nam", "ngay") and re.match(r"\s+\d", t.folded[m.end() :]))
        ):
            return periods, end
        periods.append(_ISO[m["p"]])
        end = m.end()


def _words(t: Text, found: list[Deadline]) -> None:
    for m in _PROMPT.finditer(t.folded):
        after = t.folded[m.end() : m.end() + 24]
        lead = t.folded[max(0, m.start() - 40) : m.start()]
        described = re.match(
            (
                r"\s*(?:[.;)]|,\s*(?:chinh xac|dung|day du|hieu qua|dong bo|khach quan|minh bach|an toan|"
                r"nghiem tuc|co hieu qua)|\s*dung\b|va (?:hieu qua|dung|day du|chinh xac))"
            ),
            after,
        )
        if described and not re.search(
            (
                r"(?:bao cao|thong bao|xu ly|phan anh|phat hien|cung cap|gui|trao doi|giai "
                r"quyet)\s+(?:\w+\s+)?$"
            ),
            lead,
        ):
            continue
        if re.search(r"(?:de|chua|khong|nham)\s+$", lead) and not re.match(r"\s+(?:bao cao|xu ly)", after):
            continue
        found.append(Deadline("prompt", m.start(), m.end()))
    for m in _IMMEDIATE.finditer(t.folded):
        words = t.s[m.start() : m.end()].lower()
        if words.endswith("ngày") or (
            m[0].endswith("ngay")
            and re.match(r"\s*(?:\d|thang|tu|khi|lam viec|le\b|hoi\b|nghi|sau khi)", t.folded[m.end() :])
        ):
            continue
        if re.search(r"(?:yeu cau|tinh)\s+$", t.folded[max(0, m.start() - 10) : m.start()]) and re.match(
            r"\s*[,.]", t.folded[m.end() :]
        ):
            continue
        found.append(Deadline("immediate", m.start(), m.end()))
    for m in _AT_ONCE.finditer(t.s):
        found.append(Deadline("immediate", m.start(), m.end()))
    for m in _CONTINUOUS.finditer(t.folded):
        lead = t.folded[max(0, m.start() - 24) : m.start()]
        if _STATE_VERBS.match(t.folded[m.end() :]) or re.search(r"(?:chua|khong|nguoi|duoc)\s+$", lead):
            continue
        found.append(Deadline("continuous", m.start(), m.end()))
    for m in _REGULATED.finditer(t.folded):
        sentence = t.folded[max((x for x in _starts(t) if x <= m.start()), default=0) : m.start()]
        clause = re.split(r";", sentence)[-1]
        order = re.search(
            r"(?:bao cao|tong hop|(?<!sao )(?<!photo )gui (?:ve|cap|ket qua|bao cao))(?!\w)", clause
        )
        if not order or re.search(
            r"(?:xu ly|su dung|khen thuong|giai quyet|quyet dinh|xem xet)[^,;]*$", clause
        ):
            continue
        if re.match(r"\s+(?:cua phap luat|cua dang)\b", t.folded[m.end() :]):
            continue
        found.append(Deadline("as_regulated", m.start(), m.end()))
