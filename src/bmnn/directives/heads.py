"""Where a body’s name can begin and where a verb begins: the two questions that every name of a body hangs on."""

from __future__ import annotations

import re

from bmnn.directives.lexis import lexis
from bmnn.directives.text import Text

_DETERMINER = re.compile(
    r"(?:cac|nhung|tung|moi|toan the|mot so|cac dong chi|dong chi|tat ca cac|tat ca)\s+(?=\w)"
)


_NOUN_AFTER = re.compile(
    r"to chuc(?=\s*(?:chinh tri|dang\b|xa hoi|doan the|co so|co lien quan|lien quan|thanh vien|"
    r"tin dung|ca nhan|hanh chinh|khoa hoc|hoi\b|[,;.)]|va\b|$|trong\b|thuoc\b))"
)


_MANAGING = re.compile(r"quan ly(?=\s+(?:nha nuoc|thi truong|du an|dat dai|chuyen nganh|cap tren))")


_NOT_VERB_AFTER = re.compile(
    r"(?:cac|nhung|viec|su|cong tac|nhiem vu|nang luc|ke hoach|(?:theo|thuc hien) chuc nang|ve|"
    r"duoc|bi|hoat dong"
    r"|cac co quan,)\s+$"
)


_COMPOUND_TRINH = re.compile(r"(?:chuong|qua|quy|cong|to|lap|hanh|giao)\s+$")


def head_at(t: Text, i: int) -> int:
    """Length of the head word of a body at i, with its determiner; 0 when none begins here."""
    return next((n for skip in (2, 1, 0) if (n := _head_after(t, i, skip))), 0)


def _head_after(t: Text, i: int, skip: int) -> int:
    """The same with exactly `skip` determiners before it («các đồng chí», «các đồng chí Đảng ủy viên»)."""
    words = lexis()
    m, j = None, i
    for _ in range(skip):
        m = _DETERMINER.match(t.folded, j)
        if m is None:
            return 0
        j = m.end()
    head = words.heads.match(t.folded, j)
    if m or head is None:
        gathered = words.gathered.match(t.folded, j)
        if gathered and (
            m or gathered[0] not in ("ban", "bo", "cap", "hoi", "xa", "so", "phong", "tinh", "vien")
        ):
            head = gathered if head is None or gathered.end() > head.end() else head
    if head is None or not_a_head(t, head, bool(m)) or not _marked_alike(t, head):
        return 0
    return head.end() - i


def _marked_alike(t: Text, head: re.Match[str]) -> bool:
    """Heads of one syllable must carry their marks: «Bộ» is not «bố», «Sở» not «số»."""
    if " " in head[0]:
        return True
    known = lexis().spellings.get(head[0])
    return known is None or t.s[head.start() : head.end()].lower() in known


def not_a_head(t: Text, head: re.Match[str], determined: bool) -> bool:
    """Head words that are other words here: «phòng ngừa», «báo cáo», «trường hợp», «tổ chức thực hiện»."""
    rest = t.folded[head.end() : head.end() + 24]
    if re.match(
        (
            r"\s+(?:ngua|chong|chay|benh|dich|cao|hop|phan|nghi|hanh|viec|tich|tang|lieu|quat|kien|ke|dau|"
            r"vat|hoi hop|ton|thong)\b"
        ),
        rest,
    ) and head[0] in (
        "phong",
        "bao",
        "truong",
        "bo",
        "hoi",
        "ban",
        "vu",
        "so",
        "co so",
        "vien",
        "quy",
        "to chuc",
        "trung tam",
    ):
        return True
    if (
        head[0] in ("bao", "thue", "quy", "ong", "ba", "truong", "vu", "cuc", "hoi", "so", "phong")
        and not determined
        and t.s[head.start()].islower()
    ):
        return True
    if head[0] == "can bo" and not determined and head.start() == 0:
        return False
    if head[0] == "to chuc" and not determined:
        return _NOUN_AFTER.match(t.folded, head.start()) is None
    inspecting = re.match(r"\s*[,;]\s*kiem tra|\s+(?:viec|cac|cong tac|trach nhiem)", rest)
    return head[0] == "thanh tra" and inspecting is not None


def verb_at(t: Text, i: int, first: bool = False) -> re.Match[str] | None:
    """A verb or adverb that begins an order at i. A capital letter is taken only at the head of a unit (`first`)."""
    if i >= len(t) or (t.s[i].isupper() and not first):
        return None
    words = lexis()
    m = words.verbs.match(t.folded, i)
    if m is None:
        return None
    word = t.s[m.start() : m.end()].lower()
    if " " not in m[0] and word not in words.one_syllable:
        return None
    if m[0] == "to chuc" and not first and _NOUN_AFTER.match(t.folded, i):
        return None
    before = t.folded[max(0, i - 24) : i]
    if not first and (_NOT_VERB_AFTER.search(before) or (m[0] == "trinh" and _COMPOUND_TRINH.search(before))):
        return None
    if _MANAGING.match(t.folded, i) and re.search(r"(?:co quan|ban|don vi|cuc|chi cuc)\s+$", before):
        return None
    if m[0] == "thanh tra" and re.match(
        r"\s+(?:tinh|so|huyen|bo|chinh phu|thanh pho|nha nuoc)\b", t.folded[m.end() :]
    ):
        return None
    if m[0] in ("truc", "thu") and re.match(r"\s+(?:thuoc|truong)\b", t.folded[m.end() :]):
        return None
    return m
