"""Checks that several acts of the registers share. Each refusal says what is wrong, why and what to do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from bmnn.ledger import canonical
from bmnn.office.core.access import Viewer, may_view
from bmnn.office.core.act import Context, Refusal
from bmnn.office.core.clean import check_line, check_unit_lives, line
from bmnn.office.core.models import Account, Unit
from bmnn.office.core.models.accounts import LEVEL_RANK
from bmnn.office.records.models import Book, Copy, Item
from bmnn.office.records.words import DOCUMENT_TYPES, KINDS, LEVELS, NO_SUMMARY, SERIES

MAX_COPIES = 9_999


def rank(level: str) -> int:
    """0 for what is no state secret, 1 to 3 for the levels."""
    return LEVEL_RANK[level]


def keeps_register(ctx: Context, unit: Unit, level: str = "") -> list[Refusal]:
    """The actor is the clerk of the unit and cleared for the level."""
    actor = ctx.actor
    if actor is None or not holds_role(ctx, "van_thu", unit):
        return [Refusal("", f"Chỉ văn thư của {unit.name} được làm việc này.", cite(ctx, "registers"))]
    return cleared(actor, level)


def viewer(ctx: Context) -> Viewer | None:
    """The actor with the roles of the day, read once an act."""
    if ctx.actor is None:
        return None
    known = ctx.__dict__.get("_viewer")
    if known is None:
        known = ctx.__dict__["_viewer"] = Viewer(ctx.actor, ctx.day)
    return cast(Viewer, known)


def holds_role(ctx: Context, role: str, unit: Unit) -> bool:
    """The actor's account is open and has the role in the unit (or everywhere) on the day."""
    who = viewer(ctx)
    return who is not None and any(g.role == role and g.unit_id in (None, unit.pk) for g in who.grants)


def cleared(actor: Account, level: str, field: str = "level") -> list[Refusal]:
    """The actor may see this level."""
    if actor.ceiling_rank < rank(level):
        return [Refusal(field, f"Tài khoản của bạn không được giao xử lý độ {LEVELS[level]}.")]
    return []


def sees(ctx: Context, obj: Any) -> list[Refusal]:
    """The actor may see the object; the words do not tell whether it exists."""
    who = viewer(ctx)
    if who is None or not may_view(who, obj):
        return [Refusal("", "Không tìm thấy hồ sơ này.")]
    return []


def cite(ctx: Context, key: str) -> str:
    """The article behind a duty of these registers on the day of the act."""
    from bmnn.office.records.legal import citation

    return citation(ctx.law, key)


def check_series_and_level(ctx: Context, series: str, level: str) -> list[Refusal]:
    """A state secret has one of the three levels, anything else none."""
    if series not in SERIES:
        return [Refusal("series", "Hãy chọn loại thông tin.")]
    if series == "bmnn" and level not in LEVELS:
        return [Refusal("level", "Hãy chọn độ mật: Tuyệt mật, Tối mật hoặc Mật.", cite(ctx, "levels"))]
    if series != "bmnn" and level:
        return [
            Refusal(
                "level",
                f"{SERIES[series]} không phải bí mật nhà nước nên không mang độ mật, không đóng dấu mật.",
                cite(ctx, "levels"),
            )
        ]
    return []


def check_kind(kind: str, doc_type: str) -> list[Refusal]:
    """What the item is."""
    found = []
    if kind not in KINDS:
        found.append(Refusal("kind", "Hãy chọn hình thức chứa bí mật."))
    if doc_type not in DOCUMENT_TYPES:
        found.append(Refusal("doc_type", "Hãy chọn tên loại trong danh sách."))
    return found


def check_abstract(ctx: Context, level: str, abstract: str) -> list[Refusal]:
    """No summary at the highest level; elsewhere a line of text."""
    if level == NO_SUMMARY:
        if abstract.strip():
            return [
                Refusal(
                    "abstract",
                    "Không ghi trích yếu của bí mật nhà nước độ Tuyệt mật. Hãy để trống ô này.",
                    cite(ctx, "no_summary"),
                )
            ]
        return []
    return check_line("abstract", "trích yếu", abstract, 1000)


def check_day(field: str, label: str, day: date | None, ctx: Context, unit: Unit | None) -> list[Refusal]:
    """A day that lies neither in the future nor outside the unit's life."""
    if day is None:
        return [Refusal(field, f"Chưa nhập {label}.")]
    if day > ctx.day:
        return [
            Refusal(
                field,
                f"{label[:1].upper()}{label[1:]} {day:%d/%m/%Y} ở tương lai; hôm nay là {ctx.day:%d/%m/%Y}.",
            )
        ]
    return check_unit_lives(field, unit, day) if unit is not None else []


def check_copies(field: str, copies: int) -> list[Refusal]:
    """How many copies."""
    if not 1 <= copies <= MAX_COPIES:
        return [Refusal(field, f"Số lượng bản phải từ 1 đến {MAX_COPIES:,}.".replace(",", "."))]
    return []


def check_recipients(ctx: Context, recipients: tuple[str, ...]) -> list[Refusal]:
    """Who gets it."""
    if not any(r.strip() for r in recipients):
        return [Refusal("recipients", "Chưa nhập nơi nhận.", cite(ctx, "proposal"))]
    found: list[Refusal] = []
    for recipient in recipients:
        found += check_line("recipients", "nơi nhận", recipient)
    return found[:1]


def check_open(ctx: Context, book: Book, code: str) -> list[Refusal]:
    """The book is the right one, of this working year, open, with a volume in use."""
    if book.code != code:
        return [Refusal("book", f"{book} không dùng cho việc này.")]
    if book.closed_on is not None:
        return [Refusal("book", f"{book} đã khóa ngày {book.closed_on:%d/%m/%Y}, không ghi thêm được.")]
    if book.year != ctx.day.year or book.old:
        return [
            Refusal(
                "book",
                f"{book} là sổ của năm công tác {book.year}; việc này xảy ra năm {ctx.day.year}. "
                f"Hãy mở sổ năm {ctx.day.year}.",
            )
        ]
    if book.open_volume is None:
        return [Refusal("book", f"{book} chưa có quyển đang dùng. Hãy mở quyển mới.")]
    return []


def check_holds(ctx: Context, copy: Copy) -> list[Refusal]:
    """The actor holds the copy, or keeps the register of the unit that does."""
    actor = ctx.actor
    unit = copy.holder_unit or copy.item.unit
    if actor is not None and (copy.holder_person_id == actor.person_id or holds_role(ctx, "van_thu", unit)):
        return []
    return [Refusal("", f"Bản số {copy.number} đang do {copy.holder} giữ; chỉ người giữ được giao đi.")]


@dataclass(frozen=True)
class Authority:
    """The post under which a decision is taken and the rule that allows it."""

    basis: str
    refusals: list[Refusal]


def authority(ctx: Context, act: str, level: str, unit: Unit) -> Authority:
    """Whether a post the actor holds in the unit on the day, or a delegation, allows the act at the level."""
    from bmnn.office.records.legal import decide

    if not ctx.actor or not ctx.actor.is_active:
        return Authority("", [Refusal("", "Tài khoản đã đóng.")])
    reason, rule = "Bạn không giữ chức vụ nào trong cơ quan này vào ngày thực hiện.", ""
    version = unit.version_on(ctx.day)
    for post in ctx.posts:
        if post.unit_id != unit.pk or version is None:
            continue
        delegated = any(
            d.taker_id == post.pk and d.giver.unit_id == unit.pk and d.covers(act, level or None, ctx.day)
            for d in ctx.delegations
        )
        allowed, reason, rule = decide(ctx.law, act, level, version, post, delegated=delegated)
        if allowed:
            suffix = " (theo ủy quyền bằng văn bản)" if delegated and post.deputy else ""
            return Authority(f"{post}{suffix}; {rule}", [])
    return Authority("", [Refusal("", reason, rule or cite(ctx, "authority"))])


def digest(item: Item, five: dict[str, Any]) -> str:
    """The hash that binds a decision to exactly what was proposed."""
    return hashlib.sha256(canonical({"item": str(item.public_id), **five}).encode()).hexdigest()


def tidy(values: tuple[str, ...]) -> list[str]:
    """Cleaned lines without empty ones."""
    return [line(v) for v in values if v.strip()]
