"""Names of bodies in running text: where a name begins, which commas belong to it, where it ends and the
order begins.

A list of bodies begins with a known head word («Sở», «Ủy ban nhân dân», «Thủ trưởng» …) and ends before the first
verb, stop word or sentence end. «các» governs a run of bare common nouns (`các cơ quan, đơn vị, địa phương` is one
body); the first noun that carries a modifier closes the run. An apposition after a dash stays with its body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bmnn.directives.lexis import lexis
from bmnn.directives.text import Text


@dataclass(frozen=True)
class Body:
    """One body: letters a..b of the text it was found in; `prefix` is a head word shared with the body before it."""

    a: int
    b: int
    prefix: str = ""


@dataclass(frozen=True)
class Bodies:
    """A list of bodies, where it ends, and whether a verb follows."""

    found: tuple[Body, ...]
    end: int
    verb: bool


_SPACE = re.compile(r"[\s\u00a0]+")
_WORD = re.compile(r"\w+(?:\.(?=\w))?")
_DETERMINER = re.compile(
    r"(?:cac|nhung|tung|moi|toan the|mot so|cac dong chi|dong chi|tat ca cac|tat ca)\s+(?=\w)"
)
_GATHERING = re.compile(r"(?:cac|nhung|tung|moi|toan the|mot so)\s+")
_STOP = re.compile(
    r"(?:để|nhằm|tại|khi|nếu|trước|sau|qua|đến|tới|bằng|với|cho|mà|vào|từ|do|đã|được|bị|là|gồm|về|"
    r"thì|như|vì|còn|cũng"
    r"|vẫn|đang|chưa|không|hoặc là|theo|kết quả|thông qua|ban hành|biết|cùng với|trước ngày"
    r"|trong(?! (?:toàn |cả )?(?:tỉnh|xã|huyện|phường|thành phố|đơn vị|cơ quan|hệ thống|ngành|nước|khu vực))"
    r"|có(?! (?:liên quan|thẩm quyền|chức năng|sử dụng|chung)))(?!\w)"
)
_OTHER_TEXT = re.compile(
    r"va\s+(?:cac\s+)?(?:van ban|cong van|chi thi|nghi quyet|nghi dinh|quyet dinh|ke hoach|ket "
    r"luan|thong bao|huong dan|quy dinh|luat)(?!\w)(?=\s+(?:so\s)?)"
)
_LEVEL_WORDS = "xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|dac khu|tinh"
_LISTED_THERE = re.compile(r"co ten(?: (?:tai dieu \d+|trong danh sach(?: kem theo)?|neu tren))?(?!\w)")
_INSERTED = re.compile(
    r"(?:nhat la|truoc het la|truoc het|dac biet la|trong do co|trong do|ke ca|bao gom ca)(?!\w)"
)
_MODIFIER = re.compile(
    r"(?:lien quan|co lien quan|chuc nang|truc thuoc|tren dia ban|thuoc|cua|trong (?:toan "
    r")?(?:tinh|xa|huyen|phuong|thanh pho|don vi|co quan))(?!\w)"
)
_NOUN_AFTER = re.compile(
    r"to chuc(?=\s*(?:chinh tri|dang\b|xa hoi|doan the|co so|co lien quan|lien quan|thanh vien|"
    r"tin dung|ca nhan|hanh chinh|khoa hoc|hoi\b|[,;.)]|va\b|$|trong\b|thuoc\b))"
)
_MANAGING = re.compile(r"quan ly(?=\s+(?:nha nuoc|thi truong|du an|dat dai|chuyen nganh|cap tren))")
_NOT_VERB_AFTER = re.compile(
    r"(?:cac|nhung|viec|su|cong tac|nhiem vu|nang luc|chuong|qua|quy|cong|to|ke hoach|(?:theo|"
    r"thuc hien) chuc nang|ve|duoc|bi|hoat dong|cac co quan,)\s+$"
)
_LONGEST = 700


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
    if head is None or _not_a_head(t, head, bool(m)) or not _marked_alike(t, head):
        return 0
    return head.end() - i


def _marked_alike(t: Text, head: re.Match[str]) -> bool:
    """Heads of one syllable must carry their marks: «Bộ» is not «bố», «Sở» not «số»."""
    if " " in head[0]:
        return True
    known = lexis().spellings.get(head[0])
    return known is None or t.s[head.start() : head.end()].lower() in known


def _not_a_head(t: Text, head: re.Match[str], determined: bool) -> bool:
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
    if not first and _NOT_VERB_AFTER.search(before):
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


def bodies_at(t: Text, i: int, stops: re.Pattern[str] | None = None) -> Bodies | None:
    """The list of bodies that begins at letter i, or None."""
    length = head_at(t, i)
    if not length:
        return None
    words = lexis()
    folded, found = t.folded, []
    start = at = i
    prefix = ""
    at += length
    gathering = _is_gathering(t, start, at)
    verb = False
    limit = min(len(t), i + _LONGEST)
    end = at
    while at < limit:
        space = _SPACE.match(t.s, at)
        if space:
            at = space.end()
            continue
        c = t.s[at]
        if c == "(":
            close = t.s.find(")", at)
            if close < 0 or close > limit:
                break
            at = close + 1
            continue
        if c not in ",;" and ((stops and stops.match(folded, at)) or _OTHER_TEXT.match(folded, at)):
            break
        if c in ",;" or re.match(r"va\s", folded[at : at + 3]):
            comma = c in ",;"
            nxt = at + (1 if comma else 2)
            m = _SPACE.match(t.s, nxt)
            nxt = m.end() if m else nxt
            if m := _INSERTED.match(folded, nxt):
                close = t.s.find(",", m.end())
                colon = t.s.find(":", m.end())
                if close < 0 or close > limit or (0 <= colon < close):
                    break
                end = end if t.s[at] in ",;" else at
                at = close
                found_end = end
                m2 = _SPACE.match(t.s, at + 1)
                after = m2.end() if m2 else at + 1
                if head_at(t, after):
                    found.append(Body(start, found_end, prefix))
                    start, prefix = after, ""
                    at = after + head_at(t, after)
                    gathering = _is_gathering(t, start, at)
                    end = at
                    continue
                verb = verb_at(t, after) is not None
                found.append(Body(start, found_end, prefix))
                return Bodies(tuple(found), after, verb)
            if comma and c == "," and verb_at(t, nxt):
                at, verb = nxt, True
                break
            if not comma and verb_at(t, nxt) and not head_at(t, nxt):
                verb = True
                break
            shared = _shared_field(t, start, end, nxt) if c != ";" else None
            if (
                gathering
                and c != ";"
                and (m := words.gathered.match(folded, nxt))
                and not _not_a_head(t, m, True)
            ):
                at = end = m.end()
                continue
            if shared:
                found.append(Body(start, end, prefix))
                start, prefix = nxt, shared
                at = end = _field_end(t, nxt)
                gathering = False
                continue
            if comma and (level := _level_goes_on(t, start, end, nxt)):
                at = end = level
                continue
            if head_at(t, nxt):
                if not comma and _inside_name(t, start, nxt):
                    at = end = nxt + 1
                    continue
                found.append(Body(start, end, prefix))
                start, prefix = nxt, ""
                at = end = nxt + head_at(t, nxt)
                gathering = _is_gathering(t, start, at)
                continue
            if c == ";":
                break
            if comma and t.s[nxt : nxt + 1].isupper() and not _named_with_commas(t, start, nxt):
                found.append(
                    Body(start, end, prefix)
                )  # a capital after a comma: a name whose head is not known
                start, prefix, gathering = nxt, "", False
                at = end = _word_end(t, nxt)
                continue
            if _named_with_commas(t, start, nxt):
                at = nxt
                end = _word_end(t, nxt)
                at = end
                continue
            if comma:
                break
            at = nxt
            continue
        if c in '.:!?…"“”/[])':
            if c == ":" and (m2 := _SPACE.match(t.s, at + 1)) and _plural_of_fields(t, start, end):
                m3 = words.fields.match(folded, m2.end())
                if m3:
                    prefix = t.s[start:end]
                    prefix = re.sub(r"(?i)^các\s+", "", prefix)
                    prefix = prefix[0].upper() + prefix[1:]
                    start, at, end = m2.end(), m3.end(), m3.end()
                    continue
            if c == "." and at + 1 < limit and t.s[at + 1 : at + 2].isalnum():
                at += 1
                continue
            break
        if c in "-–—":
            m2 = _SPACE.match(t.s, at + 1)
            nxt = m2.end() if m2 else at + 1
            if nxt < limit and (t.s[nxt].isupper() or head_at(t, nxt) or folded.startswith("xa hoi", nxt)):
                at = nxt
                end = _word_end(t, nxt)
                n = head_at(t, nxt)
                at = end = nxt + n if n else end
                gathering = False
                continue
            break
        if verb_at(t, at) and not _heads_name(t, at):
            verb = True
            break
        if _STOP.match(t.s, at) and not _MODIFIER.match(folded, at) and not _LISTED_THERE.match(folded, at):
            break
        field = lexis().fields.match(folded, at) if t.s[at].isupper() else None
        if field:
            at = end = field.end()
            gathering = False
            continue
        if listed := _LISTED_THERE.match(folded, at):
            at = end = listed.end()
            continue
        n = head_at(t, at)
        if n:
            was = at
            at = end = at + n
            gathering = _is_gathering(t, was, at)
            continue
        if gathering and _bare_gathered(t, start, end) and words.gathered.match(folded, at):
            m4 = words.gathered.match(folded, at)
            at = end = m4.end() if m4 else at + 1
            continue
        gathering = False
        at = end = _word_end(t, at)
    found.append(Body(start, end, prefix))
    return Bodies(tuple(found), at, verb)


def _level_goes_on(t: Text, start: int, end: int, nxt: int) -> int | None:
    """«các đảng ủy xã, phường»: a bare level after a comma goes on with a name that ends in a level."""
    levels = lexis().levels
    if not re.search(rf"(?:{_LEVEL_WORDS})$", t.folded[start:end]):
        return None
    m = levels.match(t.folded, nxt)
    if m is None or re.match(r"\s+[A-ZĐÀ-Ỹ]", t.s[m.end() : m.end() + 3]):
        return None
    return m.end()


def _heads_name(t: Text, at: int) -> bool:
    """A head word that also is a verb («thanh tra tỉnh», «tổ chức đảng») goes on with the name when no name
    ended before it.
    """
    return head_at(t, at) > 0 and not lexis().verbs.match(t.folded, at)


def _word_end(t: Text, at: int) -> int:
    m = _WORD.match(t.s, at)
    return m.end() if m else at + 1


def _is_gathering(t: Text, start: int, at: int) -> bool:
    """Whether the letters start..at end in a determiner run of bare common nouns."""
    words = lexis()
    piece = t.folded[start:at]
    tail = piece[max((m.end() for m in _GATHERING.finditer(piece)), default=0) :]
    return words.gathered.fullmatch(tail.strip()) is not None


def _bare_gathered(t: Text, start: int, end: int) -> bool:
    return t.folded[start:end].rstrip().endswith(",")


def _plural_of_fields(t: Text, start: int, end: int) -> bool:
    return (
        re.fullmatch(r"(?:cac\s+)?(?:bo|so)(?:,\s*(?:nganh|co quan|ban))*", t.folded[start:end].strip())
        is not None
    )


def _shared_field(t: Text, start: int, end: int, nxt: int) -> str | None:
    """«Sở Tài chính, Nội vụ»: the head word that a field name after a comma shares with the body before it."""
    words = lexis()
    m = re.match(r"(?:cac\s+)?(so|bo)\s+", t.folded[start:end]) or (
        re.match(r"", "") if words.fields.match(t.folded, start) else None
    )
    f = words.fields.match(t.folded, nxt)
    if not m or not f or head_at(t, nxt) > f.end() - nxt or not t.s[nxt].isupper():
        return None
    if f[0] in ("cong an",) and re.match(r"\s+(?:tinh|xa|huyen|thanh pho|phuong|cac)", t.folded[f.end() :]):
        return None
    # «Sở Văn hóa, Thể thao và Du lịch» is one name: its own field reaches over the comma.
    for g in words.fields.finditer(t.folded, start, end + 60):
        if g.start() < nxt < g.end():
            return None
    word = m.group(1) if m.lastindex else "so"
    return {"so": "Sở", "bo": "Bộ"}[word]


def _field_end(t: Text, nxt: int) -> int:
    m = lexis().fields.match(t.folded, nxt)
    return m.end() if m else nxt


def _inside_name(t: Text, start: int, nxt: int) -> bool:
    """«Giáo dục và Đào tạo», «Báo và Phát thanh, Truyền hình»: an «và» inside a known name."""
    words = lexis()
    for pattern in (words.fields, words.heads):
        for m in pattern.finditer(t.folded, start, min(len(t), nxt + 60)):
            if m.start() < nxt - 2 and m.end() > nxt:
                return True
    return False


def _named_with_commas(t: Text, start: int, nxt: int) -> bool:
    """Bodies named after a list of things: «Ban Chỉ đạo phòng, chống tham nhũng, lãng phí, tiêu cực»."""
    words = lexis()
    for m in words.fields.finditer(t.folded, start, min(len(t), nxt + 40)):
        if m.start() < nxt < m.end():
            return True
    name = t.folded[start:nxt]
    if re.search(r"phong,\s*$", name):
        return True
    return (
        re.match(r"(?:ban chi dao|ban chi huy|to cong tac|hoi dong|quy)\b", name) is not None
        and t.s[nxt].islower()
        and not verb_at(t, nxt)
    )


def value_of(t: Text, body: Body) -> str:
    """The letters of a body, with the head word it shares."""
    name = t.s[body.a : body.b].strip(" ,;.:-–")
    return f"{body.prefix} {name}" if body.prefix else name
