"""Names of bodies in running text: where a name begins, which commas belong to it, where it ends and the
order begins.

A list of bodies begins with a known head word («Sở», «Ủy ban nhân dân», «Thủ trưởng» …) and ends before the first
verb, stop word or sentence end. «các» governs a run of bare common nouns (`các cơ quan, đơn vị, địa phương` is one
body); the first noun that carries a modifier closes the run. An apposition after a dash stays with its body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bmnn.directives.heads import head_at, not_a_head, verb_at
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


_LONGEST = 700


def bodies_at(t: Text, i: int, stops: re.Pattern[str] | None = None, any_name: bool = False) -> Bodies | None:
    """The list of bodies that begins at letter i, or None.

    `stops`: more words (folded) that end it. `any_name`: a capital begins a name also when its head word is not known,
    as after «phối hợp với».
    """
    length = head_at(t, i)
    if not length and any_name and t.s[i : i + 1].isupper():
        length = _word_end(t, i) - i
    return _List(t, i, length, stops).read() if length else None


class _List:
    """Reads one list of bodies, word by word. `end` is where the name at work ends, `at` where reading stands."""

    def __init__(self, t: Text, i: int, length: int, stops: re.Pattern[str] | None) -> None:
        self.t = t
        self.stops = stops
        self.found: list[Body] = []
        self.start = i
        self.at = self.end = i + length
        self.prefix = ""
        self.limit = min(len(t), i + _LONGEST)
        self.gathering = _is_gathering(t, i, self.at)
        self.verb = False

    def read(self) -> Bodies:
        """All bodies up to the first verb, stop word or sign that ends the list."""
        while self.at < self.limit and self._step():
            pass
        self.found.append(Body(self.start, self.end, self.prefix))
        return Bodies(tuple(self.found), self.at, self.verb)

    def _step(self) -> bool:
        """Take one word or sign; False when the list ends here."""
        space = _SPACE.match(self.t.s, self.at)
        if space:
            self.at = space.end()
            return True
        c = self.t.s[self.at]
        if c == "(":
            close = self.t.s.find(")", self.at)
            self.at = close + 1 if 0 <= close <= self.limit else self.at
            return 0 <= close <= self.limit
        if c in ",;":
            return self._separated(1)
        if self.stops and self.stops.match(self.t.folded, self.at):
            return False
        if _OTHER_TEXT.match(self.t.folded, self.at):
            return False
        if re.match(r"va\s", self.t.folded[self.at : self.at + 3]):
            return self._separated(2)
        if c in '.:!?…"“”/[])':
            return self._sign(c)
        if c in "-–—":
            return self._apposition()
        return self._word()

    def _begin(self, at: int, length: int, prefix: str = "") -> bool:
        """Close the name at work and begin the next one."""
        self.found.append(Body(self.start, self.end, self.prefix))
        self.start, self.prefix = at, prefix
        self.at = self.end = at + length
        self.gathering = _is_gathering(self.t, at, self.at)
        return True

    def _go(self, to: int) -> bool:
        self.at = self.end = to
        return True

    def _separated(self, width: int) -> bool:
        """After a comma, a semicolon or «và»: does the name go on, does another begin, or does the list end?"""
        t, comma = self.t, width == 1
        semicolon = t.s[self.at] == ";"
        space = _SPACE.match(t.s, self.at + width)
        nxt = space.end() if space else self.at + width
        if m := _INSERTED.match(t.folded, nxt):
            return self._after_insertion(m.end())
        if verb_at(t, nxt) and not semicolon and (comma or not head_at(t, nxt)):
            self.at, self.verb = (nxt, True) if comma else (self.at, True)
            return False
        words = lexis()
        shared = None if semicolon else _shared_field(t, self.start, self.end, nxt, self.prefix)
        gathered = words.gathered.match(t.folded, nxt) if self.gathering and not semicolon else None
        if gathered and not not_a_head(t, gathered, True):
            return self._go(gathered.end())
        if shared:
            self._begin(nxt, _field_end(t, nxt) - nxt, shared)
            self.gathering = False
            return True
        level = _level_goes_on(t, self.start, self.end, nxt) if comma and not semicolon else None
        if level:
            return self._go(level)
        if length := head_at(t, nxt):
            if not comma and _inside_name(t, self.start, nxt):
                return self._go(nxt + 1)
            return self._begin(nxt, length)
        if semicolon:
            return False
        named_so = _named_with_commas(t, self.start, nxt)
        if comma and t.s[nxt : nxt + 1].isupper() and not named_so:
            self._begin(
                nxt, _word_end(t, nxt) - nxt
            )  # a capital after a comma: a name whose head is not known
            self.gathering = False
            return True
        if named_so:
            return self._go(_word_end(t, nxt))
        self.at = self.at if comma else nxt
        return not comma

    def _after_insertion(self, at: int) -> bool:
        """«…, trước hết là người đứng đầu, …»: what stands between the commas names nobody new."""
        close, colon = self.t.s.find(",", at), self.t.s.find(":", at)
        if close < 0 or close > self.limit or 0 <= colon < close:
            return False
        space = _SPACE.match(self.t.s, close + 1)
        after = space.end() if space else close + 1
        if length := head_at(self.t, after):
            return self._begin(after, length)
        self.at, self.verb = after, verb_at(self.t, after) is not None
        return False

    def _sign(self, c: str) -> bool:
        space = _SPACE.match(self.t.s, self.at + 1)
        if c == ":" and space and _plural_of_fields(self.t, self.start, self.end):
            field = lexis().fields.match(self.t.folded, space.end())
            if field:  # «các Bộ: Tài chính, Công an»: the head word is shared by all
                prefix = re.sub(r"(?i)\bcác\s+", "", self.t.s[self.start : self.end])
                self.prefix = prefix[0].upper() + prefix[1:]
                self.start = space.end()
                return self._go(field.end())
        if c == "." and self.t.s[self.at + 1 : self.at + 2].isalnum():
            self.at += 1
            return True
        return False

    def _apposition(self) -> bool:
        """«Công an tỉnh - Cơ quan Thường trực …», «chính trị - xã hội»: one body."""
        t = self.t
        space = _SPACE.match(t.s, self.at + 1)
        nxt = space.end() if space else self.at + 1
        if nxt >= self.limit or not (
            t.s[nxt].isupper() or head_at(t, nxt) or t.folded.startswith("xa hoi", nxt)
        ):
            return False
        length = head_at(t, nxt)
        self.gathering = False
        return self._go(nxt + length if length else _word_end(t, nxt))

    def _word(self) -> bool:
        t, at = self.t, self.at
        if verb_at(t, at) and not _heads_name(t, at):
            self.verb = True
            return False
        if m := _LISTED_THERE.match(t.folded, at) or _acted_on(t, at):
            return self._go(m.end())
        if _STOP.match(t.s, at) and not _MODIFIER.match(t.folded, at):
            return False
        field = lexis().fields.match(t.folded, at) if t.s[at].isupper() else None
        if field:
            self.gathering = False
            return self._go(field.end())
        if length := head_at(t, at):
            self.gathering = _is_gathering(t, at, at + length)
            return self._go(at + length)
        if self.gathering and t.folded[self.start : self.end].rstrip().endswith(","):
            m = lexis().gathered.match(t.folded, at)
            return self._go(m.end() if m else at + 1)
        if _name_is_whole(t, self.start, self.end, at):
            self.verb = (
                True  # a word that no list knows: after a whole name it can only be what the body does
            )
            return False
        self.gathering = False
        return self._go(_word_end(t, at))


_WHOLE = re.compile(
    r"(?:(?<!\w)(?:tinh|xa|phuong|huyen|thi tran|dac khu)|(?:trung uong(?: dang)?|chinh phu|viet "
    r"nam|tinh uy|thanh uy|huyen uy|dang uy))$"
)


_NAME_GOES_ON = re.compile(
    r"(?:cua|thuoc|truc|lien|co|tren|trong|cac|va|cap|phu|chuyen|khu|quan|nha|o|dong|ngoai|noi|"
    r"lam|nguoi|dang|doan|uy|lan|khoa|so|van|thuong|tieu|nay|moi|cu|gom|loai|hang|dia|huyen|tinh|"
    r"xa|phuong)(?!\w)"
)


def _name_is_whole(t: Text, start: int, end: int, at: int) -> bool:
    """Whether the name ends with a level or a known whole («… tỉnh», «Sở Y tế») and no modifier follows."""
    if not t.s[at].islower() or _NAME_GOES_ON.match(t.folded, at):
        return False
    name = t.folded[start:end].rstrip()
    if _WHOLE.search(name):
        return True
    return any(
        m.end() == len(name) and t.s[start + m.start()].isupper() for m in lexis().fields.finditer(name)
    )


_PASSIVE = re.compile(
    r"được (?:kiểm tra|thanh tra|giám sát|giao nhiệm vụ|giao|phân công|lấy ý kiến|bố trí|mời)(?!\w)"
)


def _acted_on(t: Text, at: int) -> re.Match[str] | None:
    """«các cơ quan được kiểm tra chuẩn bị …»: the passive tells which bodies; a verb of their own follows."""
    m = _PASSIVE.match(t.s, at)
    space = _SPACE.match(t.s, m.end()) if m else None
    return m if m and space and verb_at(t, space.end()) else None


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


def _plural_of_fields(t: Text, start: int, end: int) -> bool:
    name = t.folded[start:end].strip()
    return (
        re.fullmatch(r"(?:giam doc |bo truong )?(?:cac\s+)?(?:bo|so)(?:,\s*(?:nganh|co quan|ban))*", name)
        is not None
    )


def _shared_field(t: Text, start: int, end: int, nxt: int, prefix: str) -> str | None:
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
    if prefix:
        return prefix
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
    """Names that hold commas: «Phòng Kinh tế, Hạ tầng và Đô thị», «Ban Chỉ đạo phòng, chống tham nhũng, lãng phí»."""
    words = lexis()
    for m in words.fields.finditer(t.folded, start, min(len(t), nxt + 40)):
        if m.start() < nxt < m.end():
            return True
    name = t.folded[start:nxt]
    if re.search(r"phong,\s*$", name):
        return True
    triple = re.match(r"[A-ZĐÀ-Ỹ][\wà-ỹ]*(?: [\wà-ỹ]+){0,3} và (?=[A-ZĐÀ-Ỹ])", t.s[nxt : nxt + 60])
    if triple and re.match(r"(?:phong|so|bo|ban|cuc|trung tam|truong|vien|bao)\s", name):
        return not head_at(t, nxt + triple.end())
    listing = re.match(r"(?:ban chi dao|ban chi huy|to cong tac|hoi dong|quy)\b", name)
    return listing is not None and t.s[nxt].islower() and not verb_at(t, nxt)


def value_of(t: Text, body: Body) -> str:
    """The letters of a body, with the head word it shares."""
    name = t.s[body.a : body.b].strip(" ,;.:-–")
    return f"{body.prefix} {name}" if body.prefix else name
