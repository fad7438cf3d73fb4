"""Who does what in a unit: bodies responsible, acted through, coordinating, advised."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bmnn.directives.bodies import Bodies, Body, bodies_at, value_of
from bmnn.directives.heads import head_at, verb_at
from bmnn.directives.lexis import spelled
from bmnn.directives.text import Span, Text


@dataclass
class Named:
    """A body as a value, with its place in the file."""

    name: str
    span: Span


@dataclass
class Subject:
    """Bodies told to act, bodies they act through, and where the order begins."""

    bodies: list[Named]
    through: list[Named] = field(default_factory=list)
    end: int = 0


_ASSIGN = re.compile(
    r"(?:(?:va\s+)?(?:giao|yeu cau|de nghi|chi thi|uy quyen|phan cong(?= (?:dong chi|ong|"
    r"ba)\s))(?:\s+(?:nhiem vu|"
    r"trach nhiem))?(?:\s+(?:cho|doi voi))?|doi voi)\s+(?=\w)"
)
_COMMAND = re.compile(
    r"(?:yeu cau|giao|de nghi|phan cong|chi thi)(?:\s+(?:nhiem vu|trach nhiem))?(?:\s+cho)?(?!\w)"
)
_LEADS = re.compile(
    r"(?:(?:tap trung|tiep tuc|tang cuong|truc tiep|co trach nhiem|phai)\s+)*(?:lanh dao(?:,"
    r"\s*chi dao)?|chi dao)\s+(?=\w)"
)


def named(t: Text, body: Body, marks_lost: bool) -> Named:
    """A found body as a value."""
    return Named(spelled(value_of(t, body), marks_lost), t.span(body.a, body.b))


def subject_at(t: Text, i: int, marks_lost: bool, head: bool = False) -> Subject | None:
    """The bodies that the text at i tells to act. `head`: a clause head may end without a verb («Công an xã»)."""
    at = i
    if m := _ASSIGN.match(t.folded, i):
        got = bodies_at(t, m.end())
        return _subject(t, got, marks_lost) if got else None
    if verb_at(t, at, first=True) and not _named_head(t, at):
        return None
    got = bodies_at(t, at)
    if got is None:
        return None
    rest = t.folded[got.end :]
    if m := re.match(r"[\s,]*(?:de nghi|yeu cau|giao)\s+(?=\w)", rest):
        other = bodies_at(t, got.end + m.end())
        if other:
            return _subject(t, other, marks_lost)
    ends = not rest.strip(" .:;") or rest.lstrip().startswith(":")
    if got.verb or (head and ends) or ends or _acts_later(rest):
        return _subject(t, got, marks_lost)
    return None


def _named_head(t: Text, i: int) -> bool:
    """Names that begin like a verb: «Tổ chức chính trị - xã hội», «Thanh tra tỉnh», «Báo»."""
    return head_at(t, i) > 0


_LATER = re.compile(
    r"\s*,?\s*(?:khi|theo|trong|ngoai|tren co so|can cu|tai|voi|dang|co|khong|chua|da|la|va|hoac|"
    r"tu|bang|duoc|cho den)\b"
    r"[^.;]*?\b(?:phai|co trach nhiem|chu dong|to chuc|thuc hien|can|khong duoc|chiu trach nhiem|"
    r"nghiem cam|xay dung"
    r"|trien khai|khan truong)\b"
)


def _acts_later(rest: str) -> bool:
    """Whether what follows a name tells it to act after all: «… khi đi công tác phải …», «… không bán …»."""
    return (
        _LATER.match(rest) is not None
        or re.match(r"\s*,?\s*(?:tuyet doi )?khong (?!de|con|co|phai|chi)\w", rest) is not None
    )


def _subject(t: Text, got: Bodies, marks_lost: bool) -> Subject:
    subject = Subject([named(t, b, marks_lost) for b in got.found], end=got.end)
    at = got.end
    for _ in range(4):
        space = re.compile(r"[\s,]*").match(t.s, at)
        start = space.end() if space else at
        m = _LEADS.match(t.folded, start)
        if not m:
            break
        below = bodies_at(t, m.end())
        if below is None:
            break
        subject.through += [named(t, b, marks_lost) for b in below.found]
        at = subject.end = below.end
    return subject


def led_at(t: Text, marks_lost: bool) -> list[Named]:
    """«Chỉ đạo Công an các địa phương …» under a body's name: the bodies it is to act through."""
    m = _LEADS.match(t.folded)
    got = bodies_at(t, m.end()) if m else None
    return [named(t, b, marks_lost) for b in got.found] if got else []


def commanded(t: Text, marks_lost: bool) -> tuple[Subject | None, Named | None]:
    """In a lead-in: whom the issuer tells to act («… yêu cầu các cấp ủy … thực hiện»), and who the issuer is."""
    best: Subject | None = None
    issuer: Named | None = None
    for m in _COMMAND.finditer(t.folded):
        lead = t.folded[max(0, m.start() - 30) : m.start()]
        if re.search(r"(?:dap ung|nhiem vu|theo|cac|muc dich,|nhung|mot so)\s+$", lead):
            continue
        who = _before(t, m.start(), marks_lost)
        issuer = who or issuer
        space = re.compile(r"\s*:?\s*").match(t.s, m.end())
        got = bodies_at(t, space.end() if space else m.end())
        if got:
            best = _subject(t, got, marks_lost)
        if who:
            break
    return best, issuer


_SPEAKS = re.compile(
    r"(?<!\w)(?:yeu cau|ban hanh|phan cong|ket luan|huong dan|thong bao|xay dung|quyet dinh|de nghi|chi thi"
    r"|trien khai)(?!\w)"
)


def speaker(t: Text, marks_lost: bool) -> Named | None:
    """Who speaks in a lead-in: «… Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:»."""
    found = (_before(t, m.start(), marks_lost) for m in _SPEAKS.finditer(t.folded))
    return next((n for n in found if n), None)


_CAN_ISSUE = re.compile(
    r"(?:ban thuong vu|thuong truc|chu tich|pho chu tich|bi thu|uy ban nhan dan|ubnd|tinh uy|"
    r"thanh uy|huyen uy|dang uy|thu tuong|pho thu tuong|chinh phu|bo truong|giam doc|chanh van "
    r"phong|ban chi dao|so |bo |ban |cong an|van phong|hoi dong|ban bi thu|bo chinh tri|thong doc|"
    r"tong giam doc|cuc )"
)


def _before(t: Text, end: int, marks_lost: bool) -> Named | None:
    """The one body whose name ends right before letter `end`."""
    start = max(0, end - 120)
    for m in re.finditer(r"(?:^|(?<=[,;.:–-])\s+|(?<=\s))(?=\w)", t.s[start:end]):
        i = start + m.end()
        if not t.s[i].isupper() or not _CAN_ISSUE.match(t.folded, i):
            continue
        got = bodies_at(t[:end], i)
        if got and len(got.found) == 1 and not t.s[got.found[0].b : end].strip(" ,"):
            return named(t, got.found[0], marks_lost)
    return None


_WITH = re.compile(
    r"(?<!\w)phoi hop(?:\s+(?:chat che|tot|dong bo|hieu qua|thuong xuyen|kip thoi|cung|va|,"
    r"))*(?:\s+(?:cung )?voi|\s+cung)?\s+(?=\w)"
)
_ADVISE = re.compile(
    r"(?<!\w)(?:tham muu(?:,?\s*(?:giup viec|giup|de xuat|trinh))?(?:\s+(?:cho|giup|voi))?|trinh|"
    r"de xuat(?:\s+(?:voi|len))?|bao cao,\s*de xuat|kien nghi(?:\s+voi)?|xin y "
    r"kien(?:\s+cua)?)\s+(?=\w)"
)
_NOT_ADVISE = re.compile(r"(?:chuong|qua|quy|cong|to|lap|trinh tu|giao|hanh)\s+$")


def coordinating(t: Text, marks_lost: bool) -> list[Named]:
    """Bodies after «phối hợp với»."""
    return _after(t, _WITH, marks_lost)


def advised(t: Text, marks_lost: bool) -> list[Named]:
    """Bodies to whom something is proposed or submitted."""
    return [
        n
        for n in _after(t, _ADVISE, marks_lost)
        if not re.match(
            r"(?i)cấp (?:có thẩm|trên)|cơ quan (?:có )?thẩm quyền|chính quyền|cấp ủy(?:$|,)", n.name
        )
        and not n.name.lower().startswith(("cán bộ", "các cơ quan"))
    ]


def _after(t: Text, pattern: re.Pattern[str], marks_lost: bool) -> list[Named]:
    out: list[Named] = []
    for m in pattern.finditer(t.folded):
        if pattern is _ADVISE and _NOT_ADVISE.search(t.folded[max(0, m.start() - 12) : m.start()]):
            continue
        got = bodies_at(t, m.end(), any_name=pattern is _WITH)
        if got is None:
            continue
        for body in got.found:
            n = named(t, body, marks_lost)
            if n.name.lower() not in {o.name.lower() for o in out} and len(n.name) > 3:
                out.append(n)
    return out
