"""Deadlines: dates, periods, «kịp thời», «theo quy định», «khi …»; each with the words that say it and
nothing that they do not say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bmnn.directives.codes import dates_in, day_of
from bmnn.directives.text import Text, one_line


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
_HOUR = re.compile(r"(\d{1,2})\s?(?:giờ|h|g|:)\s?(\d{2})?(?:\s?phút)?,?\s*$")
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
_RELATIVE = re.compile(
    r"(?<!\w)(?:(?:trong (?:thoi han|vong|thoi gian)|sau|cham nhat(?: la| trong)?|khong qua|toi da)\s+"
    r"(?P<n>\d{1,3})\s+(?P<u>ngay|gio|thang|tuan|nam)(?:\s+lam viec)?"
    r"(?:[^.;]{0,20}?(?:ke tu|tu|sau|truoc) (?:ngay|khi|thoi diem)[^.;,]{0,80})?"
    r"|(?:cham nhat )?truoc (?:ngay [a-z ]{3,30}? )?(?:it nhat )?(?P<n2>\d{1,3}) (?P<u2>ngay|"
    r"thang|tuan)(?! thang)"
    r"|truoc khi\s+[^.;,()]{4,80})(?!\w)"
)
_SENTENCE = re.compile(r"(?:(?<=[.!?])\s+(?=[A-ZĐÀ-Ỹ])|(?<=[;])\s+)")


def deadlines_in(t: Text, year: int | None = None) -> list[Deadline]:
    """All deadlines of a unit's text.

    `year` is the document's own year; it completes «trước 15/12» when the text names none. Where the document
    shows no date either, such a deadline stays without a date (`date` null).
    """
    found: list[Deadline] = []
    _absolute(t, found, year)
    _relative(t, found)
    _conditional(t, found)
    _periodic(t, found)
    _words(t, found)
    found.sort(key=lambda d: (d.a, d.b))
    return _unique(t, found)


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


def _free(found: list[Deadline], a: int, b: int) -> bool:
    return not any(d.a < b and a < d.b for d in found)


def _absolute(t: Text, found: list[Deadline], year: int | None) -> None:
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
        if stated is None or not _free(found, day.a, day.b):
            continue
        m = stated
        word = m["word"].split()[0]
        if word in ("trong", "vao", "den", "tu") and not _due(t, start + m.start(), m["word"]):
            continue
        more = {"date": day.day.isoformat(), "time": _time(m), "inclusive": word not in ("truoc", "xong")}
        found.append(Deadline("absolute", start + m.start(), day.b, more))
    for m in _MONTH.finditer(t.folded):
        if not _free(found, m.start(), m.end()) or (m["word"] == "trong" and not _closes_order(t, m)):
            continue
        last = _last_day(m)
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
        if _free(found, m.start(), m.end()):
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


def _closes_order(t: Text, m: re.Match[str]) -> bool:
    """«trong quý I/2026» ends an order, or follows a word of completing; «trong năm 2022» mostly tells what was."""
    if _due(t, m.start(), "trong"):
        return True
    return (
        m["yy"] is None
        and re.match(r"\s*(?:[.;,/]|$)", t.s[m.end() :]) is not None
        and not re.search(r"(?<!\w)đã(?!\w)", t.s[: m.start()])
    )


def _time(m: re.Match[str]) -> str | None:
    if m["h"] is None or int(m["h"]) > 24:
        return None
    return f"{int(m['h']):02d}:{int(m['min'] or 0):02d}"


def _quarter(m: re.Match[str]) -> int | None:
    if m["q"] is None:
        return None
    return {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(m["q"]) or int(m["q"])


def _last_day(m: re.Match[str]) -> date | None:
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


def _relative(t: Text, found: list[Deadline]) -> None:
    for m in _RELATIVE.finditer(t.folded):
        if not _free(found, m.start(), m.end()):
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
        if not _free(found, m.start(), m.end()) or m.start() in starts:
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
    if re.match(r",\s*(?:viec|vuong mac|tinh huong|su co|kho khan)(?!\w)", rest) and len(words) < 14:
        end = re.compile(
            r"\s+(?:thi|yeu cau|de nghi|phai|can|kip thoi|bao cao|phan anh)(?!\w)|[,;.](?=\s|$)"
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
        if _free(found, m.start(), end):
            found.append(Deadline("periodic", m.start(), end, {"period": periods}))
    for m in _YEARLY.finditer(t.folded):
        lead = t.folded[max(0, m.start() - 70) : m.start()]
        if not _free(found, m.start(), m.end()) or _THING_BEFORE.search(lead):
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
        if _free(found, m.start(), m.end()):
            found.append(
                Deadline(
                    "periodic", m.start(), m.end(), {"period": ["P3M" if "quy" in m[0] else "P6M", "P1Y"]}
                )
            )
    for m in re.finditer(r"(?<!\w)0?6 thang(?:,| va)\s+(?:(?:hang|mot|ca|01)\s+)?nam(?!\w)", t.folded):
        if _free(found, m.start(), m.end()):
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
