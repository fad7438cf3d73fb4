"""What a single line is in the head or the tail of a document: letterhead, number, title, place and date,
recipients, signature.
"""

from __future__ import annotations

import re

from bmnn.directives.lexis import lexis
from bmnn.directives.text import Text
from bmnn.vietnamese import fold

_TITLE_NAMES = (
    "Chỉ thị|Công điện|Công văn|Kế hoạch|Thông báo|Kết luận|Nghị quyết|Quyết định|Quy định|Quy chế|Hướng dẫn"
    "|Chương trình|Chương trình hành động|Báo cáo|Thông tri|Tờ trình|Phương án|Đề án|Nội quy|"
    "Giấy mời|Lệnh|Thông tư"
    "|Nghị định|Luật|Pháp lệnh|Biên bản|Quy trình|Thông cáo"
)
TITLES = {fold(name): name for name in _TITLE_NAMES.split("|")} | {
    "thong bao ket luan": "Thông báo",
    "chuong trinh cong tac": "Chương trình",
}
_TITLE = re.compile(rf"({'|'.join(sorted(TITLES, key=len, reverse=True))})")
SECRECY = {"mat": "Mật", "toi mat": "Tối mật", "tuyet mat": "Tuyệt mật"}
URGENCY = {
    "khan": "Khẩn",
    "thuong khan": "Thượng khẩn",
    "hoa toc": "Hỏa tốc",
    "hoa toc hen gio": "Hỏa tốc hẹn giờ",
}
SLOGAN = re.compile(
    r"cong hoa xa hoi chu nghia viet nam|dang cong san viet nam|doc lap\s*[-–—]\s*tu "
    r"do\s*[-–—]\s*hanh phuc"
)
AUTHORITY = re.compile(r"(T/M|TM|K/T|KT|T/L|TL|T/UQ|TUQ|Q|T\.M|T\.L)(?:[.,]\s*|\s+|$)")
NUMBER = re.compile(r"so\s*[:.]?\s*(?:\d|[._…]|/|-\s*[a-z]{2}/)")
PLACE_DATE = re.compile(
    r"(?P<place>[^\d,.:;]{2,40}),?\s*ngay\s+(?:(?P<d>\d{1,2})|[\s._…]*)\s*thang\s+(?:(?P<m>\d{1,"
    r"2})|[\s._…]*)\s*nam\s+(?P<y>(?:19|20)\d\d)\s*\.?"
)
ROLE = re.compile(
    r"(?:quyen |pho |q\. ?)?(?:tong bi thu|bi thu|chu tich nuoc|chu tich|giam doc|tong giam doc|"
    r"bo truong|thu truong|thu tuong|chanh van phong|chanh thanh tra|truong ban"
    r"|truong phong|truong|uy vien|chi huy truong|tu lenh|chinh uy|chu nhiem|tong thanh tra|thong "
    r"doc|hieu truong|vien truong|cuc truong|tong cuc truong|vu truong|thuong truc|tong thu "
    r"ky)(?!\w)"
)
_SURNAME_WORDS = (
    "nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh doan trinh truong "
    "mai dao ha luong luu cao chu ta thai to ton la lai kieu quach thach tong vuong nong be hua ma "
    "giang khuat phung tang than trieu van vi lo cung dam diep han hau khuong kim lam luc mac nghiem "
    "ngac ninh quan sam son thi tieu trang ung vien xa y sung vang giap ksor rmah dieu thao cam deo "
    "lang can nhu on bach bo cat chau chung co cu dau dien doi dong du ket khong "
)
_SURNAMES = frozenset(_SURNAME_WORDS.split())
_RANK = re.compile(
    r"^(?:(?:dai|thuong|trung|thieu) (?:tuong|ta|uy)|dai tuong|ts|pgs|gs|ths|bs|dong chi|ong|"
    r"ba)[.\s]+(?:ts\.?\s+|cn\.?\s+)?"
)


def is_capitals(s: str) -> bool:
    """Mostly capital letters, as headings and letterheads are."""
    letters = [c for c in s if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def title_of(t: Text) -> str | None:
    """The type name when a line is a document's title: «CHỈ THỊ», «KẾ HOẠCH»."""
    s = t.strip("*: -–—.")
    if not is_capitals(s.s) or t.s.rstrip().endswith(":"):
        return None
    m = _TITLE.fullmatch(re.sub(r"\s+", " ", s.folded))
    return TITLES[m[1]] if m else None


def is_letterhead(t: Text) -> bool:
    """A body's name in capitals, as the letterhead prints it; no role, no authority."""
    s = t.strip("*-–— ")
    if (
        re.match(r"[-–+•]\s", t.s)
        or not is_capitals(s.s)
        or len(s) > 110
        or AUTHORITY.match(s.s)
        or ROLE.match(s.folded)
        or re.search(r"[:;]$", s.s)
    ):
        return False
    if title_of(t) or s.folded in SECRECY or s.folded in URGENCY:
        return False
    m = lexis().heads.match(s.folded)
    return m is not None and len(s) > 4


def is_signature(t: Text) -> bool:
    """«TM. ỦY BAN NHÂN DÂN», «T/M BAN THƯỜNG VỤ», «CHỦ TỊCH»: capitals at the end of a document."""
    s = t.strip("*-–— ")
    if not is_capitals(s.s) or len(s) > 90:
        return False
    return AUTHORITY.match(s.s) is not None or ROLE.match(s.folded) is not None


def person(t: Text) -> Text | None:
    """The name when a line is a person's name and nothing else (a rank before it is left out)."""
    s = t.strip("*-–—| .,")
    while m := _RANK.match(s.folded):
        s = s[m.end() :].strip()
    words = s.s.split()
    if (
        not 2 <= len(words) <= 6
        or len(s) > 45
        or not all(w.replace("'", "").replace("-", "").isalpha() for w in words)
    ):
        return None
    if not all(w[0].isupper() and (len(w) == 1 or not w.isupper()) for w in words):
        return None
    first = s.folded.split()[0]
    if first not in _SURNAMES:
        return None
    inner = lexis().heads.match(s.folded)
    known = lexis().spellings.get(inner[0], frozenset()) if inner and " " in inner[0] else frozenset()
    return None if inner and s.s[: inner.end()].lower() in known else s


def tag(t: Text) -> str | None:
    """slogan, number, vv, title, date, addressees, secrecy, urgency, star, letterhead, recipients, signature;
    None for other lines.
    """
    s = t.strip("*")
    folded = re.sub(r"\s+", " ", s.folded)
    if t.s.strip() == "*":
        return "star"
    if SLOGAN.fullmatch(folded.strip(" -–—")):
        return "slogan"
    if re.match(r"noi nhan\b", folded):
        return "recipients"
    if NUMBER.match(folded) and len(folded) < 60:
        return "number"
    if re.match(r"v\s?/\s?v\b", folded):
        return "vv"
    if re.match(r"kinh gui\b", folded) or (
        len(folded) < 90 and re.search(r"\bdien\s*:$", folded) and t.s.rstrip(" :").endswith("điện")
    ):
        return "addressees"
    if PLACE_DATE.fullmatch(folded.strip(" *")):
        return "date"
    plain = re.sub(r"[^a-z ]", "", folded).strip()
    if is_capitals(s.s) and plain in SECRECY:
        return "secrecy"
    if is_capitals(s.s) and plain in URGENCY:
        return "urgency"
    if title_of(t):
        return "title"
    if is_signature(t):
        return "signature"
    if is_letterhead(t):
        return "letterhead"
    return None


HEAD_TAGS = {"slogan", "number", "vv", "title", "date", "addressees", "secrecy", "urgency", "letterhead"}
ENDED = re.compile(r"\./\.?\s*[”\"]?$|\.\s*/\.$")
