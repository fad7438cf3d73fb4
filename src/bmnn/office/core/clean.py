"""What a typed line may hold, and who keeps the organisation's data: checks that many acts share."""

from __future__ import annotations

import unicodedata
from datetime import date

from bmnn.law.vocabulary import BODY_TYPES, POSTS, TIERS
from bmnn.office.core.act import Context, Refusal
from bmnn.office.core.models import Account, Unit
from bmnn.office.core.models.organisation import in_force

# Marks that turn the direction of text: they make a screen show another text than the one kept.
_BIDI = {chr(c) for c in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def line(value: str) -> str:
    """A typed line as it is kept: NFC, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", value).split())


def check_line(
    field: str, label: str, value: str, limit: int = 300, *, required: bool = True
) -> list[Refusal]:
    """Refusals of a typed line: empty, too long, or with invisible characters."""
    if required and not value.strip():
        return [Refusal(field, f"Chưa nhập {label}.")]
    if len(value) > limit:
        return [
            Refusal(
                field, f"{label[:1].upper()}{label[1:]} dài {len(value)} ký tự, nhiều nhất là {limit} ký tự."
            )
        ]
    if any(c in _BIDI or unicodedata.category(c) in ("Cc", "Cs", "Co") for c in value):
        return [
            Refusal(
                field,
                f"{label[:1].upper()}{label[1:]} có ký tự điều khiển không nhìn thấy. Hãy gõ lại dòng này.",
            )
        ]
    return []


def check_words(lines: tuple[tuple[str, str, str, int, bool], ...]) -> list[Refusal]:
    """Several typed lines: (field, label, value, limit, required)."""
    return [
        r for f, label, value, limit, must in lines for r in check_line(f, label, value, limit, required=must)
    ]


def check_span(since: date, until: date | None, field: str = "until") -> list[Refusal]:
    """Refuses an end that is not after the start."""
    if until is not None and until <= since:
        return [Refusal(field, f"Ngày kết thúc {until:%d/%m/%Y} phải sau ngày bắt đầu {since:%d/%m/%Y}.")]
    return []


def check_unit_lives(field: str, unit: Unit, day: date) -> list[Refusal]:
    """Refuses a unit that does not exist on the day."""
    if day < unit.since:
        return [Refusal(field, f"{unit.name} chưa thành lập vào ngày {day:%d/%m/%Y}.")]
    if not unit.holds(day):
        return [Refusal(field, f"{unit.name} đã kết thúc hoạt động từ ngày {unit.until:%d/%m/%Y}.")]
    return []


def check_kind(kind: str, tier: str) -> list[Refusal]:
    """Refuses a kind of body or a tier that the law does not know, and a kind that the tier does not have."""
    found = []
    if kind not in BODY_TYPES:
        found.append(Refusal("kind", f"Không có loại cơ quan «{kind[:60]}»."))
    if tier not in TIERS:
        found.append(Refusal("tier", f"Không có cấp «{tier[:60]}»."))
    if not found and tier not in BODY_TYPES[kind].tiers:
        words = f"{BODY_TYPES[kind].words} không có ở cấp này: {TIERS[tier]}."
        found.append(Refusal("tier", words))
    return found


def check_post(post: str) -> list[Refusal]:
    """Refuses a post that the law's words do not know."""
    return [] if post in POSTS else [Refusal("post", f"Không có chức vụ «{post[:60]}».")]


def check_second(ctx: Context, second: Account, field: str = "second") -> list[Refusal]:
    """Refuses a second person who is the first one, or no leader with a working account."""
    found = []
    if ctx.actor is not None and ctx.actor.person_id == second.person_id:
        found.append(Refusal(field, "Người thứ hai phải là người khác."))
    if not second.is_active or not second.has_role("thu_truong", ctx.day):
        found.append(Refusal(field, "Người thứ hai phải là thủ trưởng."))
    return found


def leader_agrees(
    ctx: Context, second: Account | None, about: Account, what: str, *, own: bool = False
) -> list[Refusal]:
    """Refuses what would let an administrator alone read everything (decision 0035), once there is a leader.

    `about` is the account that the act changes. Its holder does not agree to it; with `own` they do where no
    other leader is there.
    """
    if ctx.actor is None:
        return []
    leaders = Account.objects.filter(
        in_force(ctx.day, "grants__"), grants__role="thu_truong", is_active=True
    ).exclude(person_id=ctx.actor.person_id)
    others = leaders.exclude(person_id=about.person_id)
    if not (leaders if own else others).exists():
        return []
    if second is None:
        return [Refusal("second", f"{what} cần một thủ trưởng cùng xác nhận bằng mật khẩu của mình.")]
    found = check_second(ctx, second)
    if second.person_id == about.person_id and others.exists():
        found.append(Refusal("second", "Chủ tài khoản không được tự xác nhận cho mình."))
    return found


def by_administrator(ctx: Context) -> list[Refusal]:
    """Only the administrator keeps units, persons and accounts. No actor: the program itself, at `bmnn
    init`."""
    if ctx.actor is None or (ctx.actor.is_active and ctx.actor.has_role("quan_tri", ctx.day)):
        return []
    return [Refusal("", "Chỉ người quản trị máy được làm việc này.")]
