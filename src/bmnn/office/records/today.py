"""The registers on the page "Hôm nay": what waits for the person, by role."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse

from bmnn.office.core.access import Viewer
from bmnn.office.core.lawview import law_on
from bmnn.office.records import legal
from bmnn.office.records.models import Book, Copy, Entry, Item, Proposal
from bmnn.office.records.policies import register_units
from bmnn.office.web.registry import Card, Line, Tone

_SHOWN = 5
# A receipt that has been missing for longer is shown as late.
_LATE_DAYS = 7
_ENDING = (30, 60, 90)


def cards(viewer: Viewer) -> list[Card]:
    """The cards of every role the person holds."""
    if viewer.roles("quan_tri") or not viewer.grants:
        return []
    found: list[Card] = []
    if viewer.units("van_thu"):
        found += [_first_book(viewer), _to_register(viewer), _arrived(viewer), _receipts(viewer)]
    if viewer.units("thu_truong"):
        found.append(_to_decide(viewer))
    if viewer.roles("soan_thao"):
        found.append(_proposed(viewer))
    found.append(_to_sign(viewer))
    if register_units(viewer):
        found.append(_ending(viewer))
    return [c for c in found if c is not None]


def _law(viewer: Viewer, key: str) -> str:
    return legal.citation(law_on(viewer.day), key)


def _item_line(item: Item, note: str = "", tone: Tone = "plain") -> Line:
    words = f"{item} ({item.level_word})"
    return Line(words, reverse("records:item", args=[item.public_id]), note, tone)


def _first_book(viewer: Viewer) -> Card:
    """Books of this year that a unit has not opened yet."""
    units = viewer.units("van_thu")
    open_ones = set(
        Book.objects.filter(unit__in=units, year=viewer.day.year, series="bmnn").values_list(
            "unit_id", "code"
        )
    )
    grants = {g.unit_id: g.unit for g in viewer.grants if g.role == "van_thu" and g.unit is not None}
    missing = [
        Line(f"{words}: {unit}", reverse("records:open_book"))
        for pk, unit in grants.items()
        if unit.holds(viewer.day)
        for code, words in (("so_di", "Sổ đi"), ("so_den", "Sổ đến"), ("so_chuyen_giao", "Sổ chuyển giao"))
        if (pk, code) not in open_ones
    ]
    return Card(
        f"Sổ năm {viewer.day.year} chưa mở",
        len(missing),
        reverse("records:shelf"),
        tuple(missing[:_SHOWN]),
        "soon" if missing else "done",
        "Các sổ của năm nay đã mở đủ.",
        _law(viewer, "registers"),
        5,
    )


def _to_register(viewer: Viewer) -> Card:
    items = Item.objects.visible_to(viewer.account, day=viewer.day).filter(
        state="determined", unit__in=viewer.units("van_thu")
    )
    return _card("Chờ đăng ký đi", items, "records:to_register", 10, _law(viewer, "register_out"), "soon")


def _card(title: str, items: QuerySet[Item], url: str, order: int, law: str, tone: Tone) -> Card:
    count = items.count()
    lines = tuple(_item_line(i) for i in items.order_by("id")[:_SHOWN])
    return Card(
        title, count, reverse(url), lines, tone if count else "done", "Không có việc nào.", law, order
    )


def _arrived(viewer: Viewer) -> Card:
    """What came in and still lies with the clerk."""
    copies = (
        Copy.objects.visible_to(viewer.account, day=viewer.day)
        .filter(
            state="held",
            item__state="received",
            item__unit__in=viewer.units("van_thu"),
            item__traces__isnull=False,
        )
        .filter(item__entries__day__gte=viewer.day - timedelta(days=30))
        .select_related("item")
        .distinct()
    )
    lines = tuple(_item_line(c.item, str(c)) for c in copies.order_by("-id")[:_SHOWN])
    count = copies.count()
    return Card(
        "Đến trong 30 ngày, chưa chuyển giao",
        count,
        reverse("records:shelf"),
        lines,
        "soon" if count else "done",
        "Mọi văn bản đến đã được chuyển giao.",
        _law(viewer, "hand_over"),
        20,
    )


def _receipts(viewer: Viewer) -> Card:
    """Handed over, not signed for."""
    copies = (
        Copy.objects.visible_to(viewer.account, day=viewer.day)
        .filter(state="handed", item__unit__in=viewer.units("van_thu"))
        .select_related("item", "holder_person", "holder_unit")
        .order_by("id")
    )
    return _waiting(viewer, copies, "Đã giao, chưa có ký nhận", "Mọi bản đã giao đều có ký nhận.", 30)


def _to_sign(viewer: Viewer) -> Card:
    """Handed to the person, to be signed for."""
    copies = (
        Copy.objects.visible_to(viewer.account, day=viewer.day)
        .filter(state="handed", holder_person=viewer.account.person_id)
        .select_related("item", "holder_person", "holder_unit")
        .order_by("id")
    )
    return _waiting(viewer, copies, "Chờ bạn ký nhận", "Không có bản nào chờ bạn ký nhận.", 8)


def _waiting(viewer: Viewer, copies: QuerySet[Copy], title: str, empty: str, order: int) -> Card:
    count = copies.count()
    shown = list(copies[:_SHOWN])
    days = _days_out(viewer, shown)
    lines = tuple(
        _item_line(c.item, f"{c}, {days[c.pk]} ngày", "late" if days[c.pk] > _LATE_DAYS else "plain")
        for c in shown
    )
    tone: Tone = "late" if any(days[c.pk] > _LATE_DAYS for c in shown) else "soon" if count else "done"
    return Card(
        title, count, reverse("records:receipts"), lines, tone, empty, _law(viewer, "hand_over"), order
    )


def _days_out(viewer: Viewer, copies: Iterable[Copy]) -> dict[int, int]:
    handed = dict(
        Entry.objects.filter(copy__in=[c.pk for c in copies]).order_by("pk").values_list("copy_id", "day")
    )
    return {c.pk: (viewer.day - handed.get(c.pk, viewer.day)).days for c in copies}


def _to_decide(viewer: Viewer) -> Card:
    """Proposals that wait for the leader; their own are for somebody else."""
    waiting = (
        Proposal.objects.visible_to(viewer.account, day=viewer.day)
        .filter(status="waiting", item__unit__in=viewer.units("thu_truong"))
        .exclude(drafter=viewer.account.person_id)
        .select_related("item", "drafter")
        .order_by("id")
    )
    lines = tuple(
        Line(
            f"{p.item} ({p.item.level_word}), {p.drafter} đề xuất",
            reverse("records:decide", args=[p.public_id]),
            f"{p.proposed_on:%d/%m}",
        )
        for p in waiting[:_SHOWN]
    )
    count = waiting.count()
    return Card(
        "Chờ bạn xác định độ mật",
        count,
        reverse("records:queue"),
        lines,
        "soon" if count else "done",
        "Không có đề xuất nào chờ quyết định.",
        _law(viewer, "authority"),
        7,
    )


def _proposed(viewer: Viewer) -> Card:
    """What the drafter proposed and waits for."""
    waiting = (
        Proposal.objects.visible_to(viewer.account, day=viewer.day)
        .filter(status="waiting", drafter=viewer.account.person_id)
        .select_related("item")
        .order_by("id")
    )
    count = waiting.count()
    lines = tuple(_item_line(p.item, f"{p.proposed_on:%d/%m}") for p in waiting[:_SHOWN])
    return Card(
        "Đề xuất của bạn đang chờ",
        count,
        reverse("records:mine"),
        lines,
        "plain",
        "Không có đề xuất nào đang chờ. Khi soạn thông tin thuộc danh mục, hãy đề xuất độ mật.",
        _law(viewer, "proposal"),
        40,
    )


def _ending(viewer: Viewer) -> Card:
    """Terms of protection that end soon."""
    items = (
        Item.objects.visible_to(viewer.account, day=viewer.day)
        .filter(term_until__range=(viewer.day, viewer.day + timedelta(days=_ENDING[-1])))
        .exclude(state__in=("voided", "returned", "refused"))
        .order_by("term_until", "id")
    )
    ends = list(items.values_list("term_until", flat=True))
    within = [sum(1 for e in ends if e and (e - viewer.day).days <= days) for days in _ENDING]
    lines = [
        Line(f"Trong {days} ngày", f"{reverse('records:ending')}?ngay={days}", f"{n} tài liệu")
        for days, n in zip(_ENDING, within, strict=True)
    ]
    return Card(
        "Sắp hết thời hạn bảo vệ",
        len(ends),
        reverse("records:ending"),
        tuple(lines) if ends else (),
        "soon" if within[0] else "plain" if ends else "done",
        f"Không có tài liệu nào hết thời hạn trong {_ENDING[-1]} ngày tới.",
        _law(viewer, "term"),
        50,
    )
