"""The register as a list: its filters, its columns on screen and in the sheet, its print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from bmnn import printing, vietnamese
from bmnn.office.core.models import Account, Unit
from bmnn.office.equipment.models import Device
from bmnn.office.equipment.words import GONE, KINDS, ROLES, STATES

PAGE = 50
SOON = timedelta(days=30)

# Heading, field of `importing` (the same sheet goes out and comes in), width in characters.
COLUMNS: tuple[tuple[str, str, float], ...] = (
    ("Loại", "kind", 16),
    ("Tên", "name", 26),
    ("Số sê-ri", "serial", 24),
    ("Loại USB", "type", 16),
    ("Mã nhà sản xuất", "vid", 10),
    ("Mã sản phẩm", "pid", 10),
    ("Vai trò", "roles", 26),
    ("Mục đích sử dụng", "purpose", 26),
    ("Nơi đặt", "place", 20),
    ("Người giữ", "keeper", 22),
    ("Văn bản phê duyệt", "approval", 20),
    ("Ngày phê duyệt", "approved_on", 12),
    ("Đơn vị kiểm tra", "checked_by", 22),
    ("Ngày kiểm tra", "checked_on", 12),
    ("Giấy chứng nhận, tem", "certificate", 18),
    ("Hiệu lực đến", "valid_until", 12),
    ("Ghi chú", "note", 24),
)


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to. Nothing of it is secret, so that it may stand in the address; the words that are
    searched come by POST."""

    unit: str = ""
    kind: str = ""
    state: str = ""
    role: str = ""
    due: str = ""
    text: str = ""

    @classmethod
    def of(cls, given: Any, text: str = "") -> Filters:
        """From the address; what is no choice is left out."""

        def pick(name: str, known: Any) -> str:
            value = str(given.get(name, ""))
            return value if value in known else ""

        unit = str(given.get("don-vi", ""))
        return cls(
            unit=unit if len(unit) == 36 else "",
            kind=pick("loai", KINDS),
            state=pick("trang-thai", STATES),
            role=pick("vai-tro", ROLES),
            due=pick("han", {"qua", "sap"}),
            text=text[:200],
        )


def devices(account: Account, filters: Filters, today: date) -> Any:
    """The devices the account may see, narrowed."""
    rows = Device.objects.visible_to(account, day=today).select_related("unit", "keeper")
    if filters.unit:
        rows = rows.filter(unit__public_id=filters.unit)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.role:
        rows = rows.filter(Q(role=filters.role) | Q(roles__contains=filters.role))
    if filters.due:
        day = today if filters.due == "qua" else today + SOON
        rows = rows.filter(valid_until__lt=day).exclude(state__in=GONE)
    for word in vietnamese.fold(filters.text).split():
        rows = rows.filter(fold__contains=word)
    return rows


def cells(d: Device) -> list[Any]:
    """One row of the sheet, in the order of COLUMNS."""
    kind = {"usb": "USB", "disk": "Ổ cứng rời"}.get(d.kind, d.kind_word)
    values: dict[str, Any] = {
        "kind": kind,
        "type": {"dc02m": "DC-02M", "normal": "Thường"}.get(d.type, ""),
        "roles": ", ".join(ROLES[r] for r in ([d.role] if d.role else d.roles)),
        "keeper": d.keeper_word,
    }
    return [values[field] if field in values else getattr(d, field) for _, field, _ in COLUMNS]


def sheet(rows: list[Device], title: str) -> bytes:
    """The list as a workbook that can be read back as it is."""
    page = printing.Sheet(
        "Thiết bị", [h for h, _, _ in COLUMNS], [cells(d) for d in rows], [w for _, _, w in COLUMNS]
    )
    return printing.sheet_xlsx([page], notes=[("Danh sách", title), ("Số dòng", str(len(rows)))])


def template() -> bytes:
    """An empty list with its headings, and what may stand in each column."""
    page = printing.Sheet("Thiết bị", [h for h, _, _ in COLUMNS], [], [w for _, _, w in COLUMNS])
    words = [
        ("Loại", "; ".join(KINDS.values())),
        ("Loại USB", "DC-02M; Thường (bắt buộc với USB, ổ cứng rời)"),
        (
            "Vai trò",
            "; ".join(ROLES.values()) + ". Máy tính: đúng một; USB, ổ cứng: có thể nhiều, cách nhau dấu phẩy",
        ),
        ("Ngày", "31/12/2025"),
        ("Người giữ", "Họ tên; nếu trùng tên người đang giữ chức vụ của đơn vị thì được nối với người đó"),
    ]
    return printing.sheet_xlsx([page], notes=words)


def book(unit: Unit, rows: list[Device], day: date, mark: str) -> bytes:
    """The unit's register on paper."""
    columns = [
        printing.Column("TT", 0.5, "center"),
        printing.Column("Loại", 1.1),
        printing.Column("Tên thiết bị", 1.7),
        printing.Column("Số sê-ri", 1.7),
        printing.Column("Vai trò, mục đích", 1.8),
        printing.Column("Nơi đặt", 1.2),
        printing.Column("Người giữ", 1.4),
        printing.Column("Phê duyệt", 1.0),
        printing.Column("Kiểm tra an ninh", 1.5),
        printing.Column("Tình trạng", 1.0),
        printing.Column("Ký nhận", 1.0, by_hand=True),
    ]
    body = [
        (
            str(d.number),
            f"{d.kind_word}{' DC-02M' if d.type == 'dc02m' else ''}",
            d.name,
            d.serial,
            "\n".join(p for p in (d.role_words, d.purpose) if p),
            d.place,
            d.keeper_word,
            f"{d.approved_on:%d/%m/%Y}" if d.approved_on else "",
            _checked(d),
            d.state_word,
            "",
        )
        for d in rows
    ]
    register = printing.Register(
        title="SỔ THEO DÕI MÁY TÍNH, THIẾT BỊ",
        columns=columns,
        rows=body,
        agency=unit.name_on(day).split(" (")[0],
        landscape=True,
        closing=f"Danh sách có {len(rows)} thiết bị, tính đến ngày {day:%d/%m/%Y}.",
        signatures=("NGƯỜI LẬP", "THỦ TRƯỞNG ĐƠN VỊ"),
        voided=frozenset(n for n, d in enumerate(rows) if d.gone),
        mark=mark,
    )
    return printing.register_pdf(register)


def _checked(d: Device) -> str:
    if d.checked_on is None:
        return "chưa kiểm tra"
    until = f", đến {d.valid_until:%d/%m/%Y}" if d.valid_until else ""
    return f"{d.checked_on:%d/%m/%Y}{until}\n{d.certificate}".strip()
