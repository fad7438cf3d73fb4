"""What the words around a cited number say: its type, the name of a law, its subject, how the citing document stands to
it, and how two cited documents stand to each other.

Patterns with marks are matched on the letters, those without on `Text.folded`.
"""

from __future__ import annotations

import re

from bmnn.directives.codes import Code
from bmnn.directives.text import Text, one_line
from bmnn.vietnamese import fold

_TYPE_NAMES = (
    "Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Quy "
    "định|Quy chế|Chỉ thị"
    "|Thông tư liên tịch|Thông tư|Thông tri|Thông báo kết luận|Thông báo|Kết luận|Hướng dẫn|"
    "Chương trình hành động"
    "|Chương trình|Kế hoạch|Công văn|Công điện|Văn bản|Báo cáo|Tờ trình|Đề án|Điều lệ|Lệnh|Biên "
    "bản|Giấy mời|Quy trình"
)
_FOLD_TYPES = {fold(name): name for name in _TYPE_NAMES.split("|")}
_TYPE = re.compile(rf"(?<!\w)({'|'.join(sorted(_FOLD_TYPES, key=len, reverse=True))})(?!\w)")
NAMED = re.compile(r"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh)\s+(?=[A-ZĐ][a-zà-ỹ])")
"""A law cited by its name."""

ISSUER_STOP = re.compile(
    r"(?:ve|quy dinh|huong dan|mot so|va (?:cac )?(?:nghi|quy|ke|chi|huong|thong|ket|cong|van|"
    r"luat)|ngay|phe duyet|ban hanh|sua doi|thay the|trien khai|thuc hien|de|den)(?!\w)"
)
"""Where the issuer after «của» ends."""

NESTED = re.compile(
    r"(?:\bve\b|\bhuong dan\b|quy dinh chi tiet|\btrien khai\b)[^;.]{0,80}(?:thuc hien|thi hanh|"
    r"trien khai|huong dan)\s*$|^[^,;.]{0,60}\b(?:huong dan|quy dinh chi tiet|cu the hoa)\s*$"
)
"""«Hướng dẫn số … về hướng dẫn thực hiện Quy định …»: the second is part of the first's subject."""


def type_before(t: Text, code: Code, floor: int) -> tuple[str | None, int, str | None]:
    """The type word before a code: directly, or before a name («Luật Bảo vệ … số»). (type, where it begins,
    name of a law)
    """
    window = max(floor, code.a - 160)
    lead = t.folded[window : code.a]
    direct = re.search(
        rf"({'|'.join(sorted(_FOLD_TYPES, key=len, reverse=True))})\s*(?:lien tich\s*)?(?:so\s*[:.]?\s*)?$",
        lead,
    )
    if direct:
        return _FOLD_TYPES[direct[1]], window + direct.start(), None
    if re.search(r"(?:so|s[o0]\.)\s*:?\s*$", lead):
        last = max(_TYPE.finditer(lead), key=lambda m: m.start(), default=None)
        if last and not re.search(r"[.;:()]|,\s*[a-z]+ (?:va|ban hanh)", lead[last.end() :]):
            kind = _FOLD_TYPES[last[1]]
            name = one_line(re.sub(r"(?i)\s*số\s*:?\s*$", "", t.s[window + last.start() : code.a]))
            return (
                kind,
                window + last.start(),
                name if kind in ("Luật", "Bộ luật", "Pháp lệnh") and name.lower() != kind.lower() else None,
            )
    listed = re.search(r"(?:,|;|va)\s*(?:so\s*)?$", lead)
    return None, code.a - (len(listed[0]) - 1 if listed and "so" in listed[0] else 0), None


def subject_after(t: Text, at: int, after: int) -> str | None:
    """What the document cited before `at` is about, quoted or after «về»; `after`: where the next citation begins."""
    tail = t.s[at:after]
    quoted = re.match(r"\s*(?:về\s+)?[“\"]([^”\"]{4,250})[”\"]", tail)
    if quoted:
        return one_line(quoted[1])
    m = re.match(r"[\s,)]*(?:về việc|về|quy định về|hướng dẫn|quy định)\s+(?=\w)", tail)
    if not m:
        return None
    rest = tail[m.end() :]
    end = re.search(
        (
            r"[;.”\")(]|, trong đó|,\s+(?=[A-ZĐ]|ngày\b)|\s+(?:và|đến|được|của)\s+(?=(?:Quy|Nghị|Hướng|"
            r"Chỉ|Kế|Thông|Kết|Quyết|các phòng|các sở))"
        ),
        rest,
    )
    subject = one_line(rest[: end.start()] if end else rest[:200])
    if end:
        return subject if 4 < len(subject) <= 220 else None
    subject = re.sub(
        r"\s+(?:số|Quy định|Hướng dẫn|Nghị định|Luật|Quyết định|Chỉ thị|Kế hoạch)(?: số)?$", "", subject
    ).strip(" ,(")
    if re.search(r"(?:thực hiện|thi hành|triển khai|theo|của|và|số)$", subject):
        return None  # the rest names another document: half a subject says less than none
    return subject if 4 < len(subject) <= 220 else None


_RELATIONS: tuple[tuple[str, str], ...] = (
    ("replaced", r"thay the(?:\s+cho)?\s+(?:cac\s+)?$|bai bo\s+(?:cac\s+)?$|thay cho\s+$"),
    ("amended", r"(?:sua doi, bo sung|sua doi|bo sung)\s+(?:mot so (?:dieu|noi dung) cua\s+)?$"),
    ("continues", r"tiep theo\s+(?:cac\s+)?(?:noi dung\s+(?:tai\s+)?)?$"),
    ("forwards", (r"(?:photo|phô tô|sao gui|sao luc|sao y|gui kem(?: theo)?|chuyen tiep|gui kem|xin gui|gui|"
r"chuyen)\s+(?:kem\s+)?(?:toan van\s+|noi dung\s+|ban sao\s+|den[^.;]{0,80}?\s+)?(?:cac\s+)?$")),
    ("basis", (r"(?:can cu|theo|tren co so|dua tren)\s+(?:dung\s+)?(?:vao\s+)?(?:cac\s+)?(?:(?:quy dinh|noi "
r"dung|huong dan|yeu cau|tinh than|chi dao|nhiem vu|y kien chi dao|de nghi|ke hoach)[^.;,]{0,"
r"60}?(?:cua|tai|theo|trong|neu tai)\s+)?$")),
    ("implements", (r"(?:thuc hien|trien khai|trien khai thuc hien|quan triet|thi hanh|to chuc thuc hien|cu the "
r"hoa)(?:\s+(?:nghiem tuc|nghiem|tot|co hieu qua|hieu qua|dong bo|kip thoi|y kien|"
r"cac))*\s+(?:(?:noi dung|chi dao|quy dinh|ket luan|nhiem vu|y kien|cac quy dinh|cac nhiem "
r"vu)[^.;]{0,80}?(?:cua|tai|trong|theo|neu tai)\s+)?$")),
)  # fmt: skip


def relation_before(before: str) -> str:
    """The relation that the words before a citation state."""
    for name, pattern in _RELATIONS:
        if re.search(pattern, before):
            return name
    if re.match(r"\s*(?:[-+]\s*)?(?:can cu\b|(?:xet|theo) de nghi\b)", before) or re.search(
        r"\bcan cu(?!\s+(?:chuc nang|tinh hinh|dieu kien))[^.;]{0,40}$", before
    ):
        return "basis"
    return "cites"


def in_one_list(between: str) -> bool:
    """Whether two citations stand in one list: «… của Bộ Chính trị … và», «, »."""
    return (
        len(between) < 420
        and re.search(r"(?:,|;|\bva)\s*(?:cac\s+)?$", between) is not None
        and not re.search(r"trong do|dong thoi", between)
    )


def link_between(between: str) -> str | None:
    """What the folded words between two citations say of the first: replaces, amends, implements; None: nothing."""
    if len(between) > 260 or re.search(
        r"[;,.]\s*(?:thuc hien|trien khai|can cu|tiep theo|theo)\s*$", between
    ):
        return None
    if re.search(r"thay the(?:\s+cho)?\s*$", between) and "phu luc" not in between:
        return "replaces"
    if re.search(
        (
            r"(?:thay the|sua doi|bo sung|bai bo|dinh chinh)\b[^.;]{0,80}(?:phu luc|mot so dieu|mot so "
            r"noi dung|khoan|dieu)?[^.;]{0,60}$"
        ),
        between,
    ):
        return "amends"
    if re.search(
        (
            r"(?:huong dan|trien khai|cu the hoa|thuc hien|thi hanh|quy dinh chi tiet)\s*(?:thuc hien|thi "
            r"hanh|mot so dieu cua|cac noi dung cua)?\s*$"
        ),
        between,
    ):
        return "implements"
    return None


_NAME_ENDS = (
    r"có\b|quy định\b|số\b|và các\b|năm\b|đã\b|được\b|tại\b|theo\b|trong\b|đến\b|để\b|do\b|của\b|"
    r"này\b|khi\b|thì\b"
    r"|là\b|nhưng\b|cho\b|trên\b|với\b|thông qua\b|chưa\b|ngày\b|hiện hành\b|không\b"
)
_LAW_NAME = re.compile(
    r"(?:Bộ luật|Luật|Pháp lệnh)\s+[A-ZĐ][\wà-ỹ]*(?:(?:[ \-–]+|(?<=Phòng),\s|,\s(?=[a-zà-ỹ ]+ và ))"
    rf"(?!{_NAME_ENDS})[\wà-ỹ]+){{1,14}}"
)


def law_name_at(t: Text, a: int) -> tuple[int, int] | None:
    """«Luật Bảo vệ bí mật nhà nước», up to what is no longer its name."""
    m = _LAW_NAME.match(t.s, a)
    if not m:
        return None
    name = re.split(r"\s+và\s+(?=Luật|Nghị|các|Bộ luật)", m[0])[0]
    return a, a + len(name)
