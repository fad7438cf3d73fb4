"""What is an order, and the separate orders of a unit; assessments, headings and closing formulas are none."""

from __future__ import annotations

import itertools
import re

from bmnn.directives.clauses import Node, is_heading
from bmnn.directives.heads import verb_at
from bmnn.directives.roles import (
    Subject,
    subject_at,
)
from bmnn.directives.text import Text, one_line

_NOT_ORDERS = re.compile(
    r"(?:danh gia|tinh hinh|ket qua|ton tai|han che|nguyen nhan|uu diem|thuc trang|boi canh|muc "
    r"dich|muc tieu|quan diem|can cu|co so phap ly|pham vi|doi tuong|thanh phan|dac diem|giai "
    r"thich|thong tin van ban|tom tat|tham khao|ghi nhan|nhan xet)"
)


_ASSESSES = re.compile(
    r"(?:trong \d|trong (?:nam|thoi gian|nhung nam)|ben canh|tuy nhien|thoi gian qua|nhin chung|"
    r"den nay|qua (?!trinh)\w+|hien nay|nhung (?:ket qua|han che|ton tai)|mot so (?:co quan|don vi|noi|dia "
    r"phuong)\b[^.;]{0,80}(?:con|chua|da)\b|nguyen nhan|viec [^.;]{4,160}(?:con|chua)\b|cong tac "
    r"[^.;]{4,200}?(?:da|con|chua|duoc)\s|co hieu luc|hieu luc thi hanh)"
)


_ORDER_START = re.compile(
    r"(?:giao|yeu cau|de nghi|phan cong|nghiem cam|cam|khong|tuyet doi|chi (?:soan|su dung|duoc|"
    r"cho)|doi voi|khi|neu|truong hop|hang nam|hang nam|dinh ky|truoc ngay|"
    r"trong thoi han|cham nhat|tren co so|can cu|cung voi|song song|dong thoi|ngoai ra|rieng|doi "
    r"moi|coi|lay|day|lam|trong qua trinh|qua trinh)(?!\w)"
)


DATE_OF_FORCE = re.compile(
    r"(?:quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|quy che|quy dinh|ke hoach|luat) nay "
    r"(?:co hieu luc|thay the|duoc ban hanh)|(?:ban hanh|phe duyet) kem theo|co hieu luc (?:thi "
    r"hanh )?(?:ke )?tu ngay"
)


ENFORCES = re.compile(r"(?:chiu trach nhiem thi hanh|co trach nhiem thi hanh|chiu trach nhiem thuc hien)")


_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZĐÀ-Ỹ“\"])")


_OPENING = re.compile(
    r"(?:truoc|cham nhat|trong (?:thang|quy|nam|thoi han|qua trinh)|dinh ky|hang|ve |doi voi|can "
    r"cu|tren co so|khi "
    r"|truong hop|nhan duoc|qua trinh|tren day)"
)


def late_subject(t: Text, lost: bool) -> Subject | None:
    """«Trước ngày 15/12, Sở Nội vụ …», «Quá trình thực hiện, nếu …, các đơn vị …»: a body after a short opening."""
    if not _OPENING.match(t.folded) and t.s[:4].lower() != "nếu ":
        return None
    for m in itertools.islice(re.finditer(r"[,:]\s+(?=\w)", t.folded[:220]), 4):
        if verb_at(t, m.end()):
            assigns = re.match(r"(?:giao|yeu cau|de nghi)\s", t.folded[m.end() :])
            return subject_at(t[m.end() :], 0, lost) if assigns else None
        if found := subject_at(t[m.end() :], 0, lost):
            return found
    return None


def heading_only(t: Text) -> bool:
    return is_heading(t) or (
        len(t) < 70 and not re.search(r"[.;]$", t.s) and verb_at(t, 0, first=True) is None
    )


def is_assessment(node: Node) -> bool:
    """A section that tells and does not order: «I. ĐÁNH GIÁ CHUNG», «Mục đích, yêu cầu»."""
    t = node.t
    if (
        (node.children or (node.more and len(t) < 90))
        and len(t) < 160
        and _NOT_ORDERS.match(t.folded)
        and subject_at(t, 0, False, head=True) is None
    ):
        return not re.search(r"nhiem vu|giai phap|yeu cau cac|thuc hien cac", t.folded)
    return False


def may_order(t: Text, lost: bool, closing: bool = False) -> bool:
    """Whether a unit can be an order: it begins with a verb, an order word, or a body that is to act."""
    if _ASSESSES.match(t.folded) or (DATE_OF_FORCE.match(t.folded) and not ENFORCES.search(t.folded)):
        return False
    if re.match(
        (
            r"(?:dieu khoan|noi nhan|phu luc|dau moi|moi chi tiet|thong tin lien he|lien he|dia chi|dien "
            r"thoai|tran trong|rat mong)"
        ),
        t.folded,
    ) or _INFORMS.match(t.folded):
        return False
    if re.match(r"(?:dong y|thong nhat)(?!\w)", t.folded) and not re.search(
        r"(?<!\w)(?:giao|yeu cau) \w", t.folded
    ):
        return False
    if verb_at(t, 0, first=True) or _ORDER_START.match(t.folded):
        return True
    if subject_at(t, 0, lost):
        return True
    if late_subject(t, lost):
        return True
    if re.search(
        (
            r"(?<!\w)(?:phai|can|co trach nhiem|chiu trach nhiem|yeu cau|nghiem cam|khong duoc|bao dam|"
            r"dam bao)(?!\w)"
        ),
        t.folded,
    ):
        return True
    return not closing and re.match(r"\w+", t.folded) is not None and _second_verb(t)


_INFORMS = re.compile(r"[^.;:]{3,80}?\s(?:xin )?thong bao (?:de|den|toi|cho)\s[^.]*?(?:biet|thuc hien)")
"""«Văn phòng … thông báo để các cơ quan biết, thực hiện»: the formula that closes a notice."""


def _second_verb(t: Text) -> bool:
    """«100% cơ quan hoàn thành …», «Việc kiểm tra phải …»: no; «Nghiêm túc tổ chức …»: a verb within the
    first words.
    """
    at = 0
    for _ in range(3):
        m = re.compile(r"\s*\w+,?\s*").match(t.s, at)
        if not m:
            return False
        at = m.end()
        if verb_at(t, at):
            return True
    return False


def sentences(t: Text) -> list[Text]:
    out, at = [], 0
    for m in _SENTENCES.finditer(t.s):
        if re.search(r"(?:\bTP|\bThS|\bTS|\bNĐ|\bsố|\.\.)\.$", t.s[: m.start()]):
            continue
        out.append(t[at : m.start()].strip())
        at = m.end()
    out.append(t[at:].strip())
    return [s for s in out if s]


def semicolons(t: Text) -> list[Text]:
    return t.split(r";")[1:]


def rest_from(t: Text, part: Text) -> Text:
    """The rest of t from where `part` begins."""
    at = next((i for i in range(len(t)) if t.start[i] >= part.start[0]), 0)
    return t[at:]


def stretch(t: Text, first: Text, last: Text) -> Text:
    """The stretch of t from the beginning of one part to the end of another."""
    a = next((i for i in range(len(t)) if t.start[i] >= first.start[0]), 0)
    b = next((i for i in range(len(t) - 1, -1, -1) if t.end[i] <= last.end[-1]), len(t) - 1)
    return t[a : b + 1]


def orders(t: Text) -> list[str]:
    """The separate orders inside a unit: sentences, and within them parts between semicolons; each shortened."""
    out = []
    for sentence in sentences(t):
        for piece in sentence.split(r";|\./\.?$"):
            words = one_line(piece.s).strip(" .,;")
            if len(words) > 12:
                out.append(shortened(words, 140))
    return out


def shortened(words: str, most: int) -> str:
    """At most so many letters, cut between words."""
    if len(words) <= most:
        return words
    return words[:most].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
