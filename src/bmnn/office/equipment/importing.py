"""An existing list of devices (XLSX): read in the sandbox, judged whole, every fault at once with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bmnn.machines.usb import normal_serial
from bmnn.office.core.act import Context
from bmnn.office.core.models import Account, Person, Unit
from bmnn.office.core.models.organisation import in_force
from bmnn.office.equipment.acts.import_devices import MAX_ROWS, Taken, judge_row
from bmnn.office.equipment.acts.register_device import DeviceIn
from bmnn.office.equipment.listing import COLUMNS
from bmnn.office.equipment.words import KINDS, ROLES
from bmnn.sandbox import MIB, Box, Limits, SandboxError
from bmnn.vietnamese import fold

_LIMITS = Limits(wall=60, cpu=60, input=64 * MIB)
_KINDS = {
    "computer": (
        "may tinh",
        "may vi tinh",
        "laptop",
        "may tinh xach tay",
        "may tinh de ban",
        "may tram",
        "pc",
    ),
    "usb": ("usb", "the nho usb", "but nho"),
    "disk": ("o cung roi", "o cung di dong", "o cung", "hdd", "ssd"),
    "printer": ("may in",),
    "copier": (
        "may photocopy may quet",
        "may photocopy",
        "may photo",
        "may quet",
        "may scan",
        "may sao chup",
    ),
    "phone": ("dien thoai thiet bi thu phat cam mang vao", "dien thoai"),
    "other": ("thiet bi khac", "khac"),
}
_ROLES = {
    "drafting": ("soan thao", "bmnn", "bi mat nha nuoc", "mat"),
    "internet": ("internet",),
    "lan": ("lan", "noi bo"),
    "other": ("khac",),
}
_TYPES = {"dc02m": ("dc 02m", "dc02m", "usb dc 02m"), "normal": ("thuong", "loai thuong", "khac")}
# Other headings people write over the same column.
_ALIASES = {
    "kind": ("loai thiet bi", "loai tai san"),
    "name": ("ten thiet bi", "ten may", "nhan hieu"),
    "serial": ("so seri", "so serial", "serial", "seri", "serial number", "so hieu"),
    "keeper": ("nguoi quan ly", "nguoi su dung"),
    "roles": ("dung cho",),
    "purpose": ("muc dich",),
    "place": ("phong", "vi tri"),
    "certificate": ("giay chung nhan", "so tem", "tem"),
    "valid_until": ("co gia tri den", "han kiem tra", "het han"),
    "checked_on": ("ngay kiem tra an ninh",),
}
_FIELD_OF = {"role": "roles", "keeper_text": "keeper"}


class CannotImport(Exception):
    """The file as a whole cannot be used; Vietnamese, for the user."""


@dataclass(frozen=True)
class Fault:
    """One fault: where it stands and what to do."""

    sheet: str
    row: int
    column: str
    heading: str
    value: str
    message: str
    citation: str = ""


@dataclass(frozen=True)
class Found:
    """What a file holds: rows that can be taken over, and every fault. With one fault nothing is written."""

    sheet: str
    rows: list[Taken]
    faults: list[Fault]
    lines: list[int]
    """The row in the sheet of each of `rows`."""


def read(path: Path, name: str) -> list[tuple[str, list[list[Any]]]]:
    """Sheets of a workbook, read in the sandbox: name and rows. Raises CannotImport."""
    try:
        with Box("bmnn.machines.sheet:read", _LIMITS) as box:
            outcome = box.call([path], {"most": MAX_ROWS + 50})
    except SandboxError as error:
        raise CannotImport(str(error)) from error
    if not outcome.ok or not isinstance(outcome.value, dict) or "sheets" not in outcome.value:
        raise CannotImport(f"Tệp «{name}» không phải bảng tính đọc được. Hãy lưu lại dạng XLSX theo mẫu.")
    return [(str(n), list(rows)) for n, rows in outcome.value["sheets"]]


def judge(sheets: list[tuple[str, list[list[Any]]]], unit: Unit, actor: Account, today: date) -> Found:
    """All rows of the first sheet with headings, judged by the rules of the act. Raises CannotImport."""
    for name, table in sheets:
        top = _heading_row(table)
        if top is not None:
            return _judge(name, table, top, unit, _context(actor, today))
    raise CannotImport(
        "Không thấy dòng tiêu đề có các cột «Loại» và «Tên». Hãy dùng tệp mẫu rồi chép dữ liệu vào."
    )


def _context(actor: Account, today: date) -> Context:
    """A context for judging only: it takes no number."""

    def none(*_: Any) -> int:
        raise RuntimeError("no number is taken while judging")

    return Context(actor, datetime.now(UTC), today, b"", none, none, none)


def _bare(text: object) -> str:
    return " ".join(re.findall(r"\w+", fold(str(text or "")).replace("_", " ")))


def _heading_row(table: list[list[Any]]) -> int | None:
    for number, cells in enumerate(table[:20]):
        if {"kind", "name"} <= set(_columns(cells)):
            return number
    return None


def _columns(cells: list[Any]) -> list[str]:
    known = {_bare(h): f for h, f, _ in COLUMNS}
    known |= {alias: f for f, aliases in _ALIASES.items() for alias in aliases}
    return [known.get(_bare(c), "") for c in cells]


def _letter(at: int) -> str:
    return chr(65 + at) if at < 26 else f"{chr(64 + at // 26)}{chr(65 + at % 26)}"


def _judge(name: str, table: list[list[Any]], top: int, unit: Unit, ctx: Context) -> Found:
    columns = _columns(table[top])
    people = {
        fold(p.name): p
        for p in Person.objects.filter(in_force(ctx.day, "posts__"), posts__unit=unit).distinct()
    }
    rows: list[Taken] = []
    faults: list[Fault] = []
    lines: list[int] = []
    taken: set[str] = set()
    for line, cells in enumerate(table[top + 1 :], top + 2):
        given = {c: v for c, v in zip(columns, cells, strict=False) if c and v not in (None, "")}
        if not given:
            continue
        row, wrong = _row(given, people)
        problems = [(f, m, "") for f, m in wrong]
        if not wrong:
            problems = [(r.field, r.message, r.citation) for r in judge_row(ctx, unit, row, frozenset(taken))]
        for field, message, citation in problems:
            place = _FIELD_OF.get(field, field)
            at = columns.index(place) if place in columns else -1
            heading = next((h for h, f, _ in COLUMNS if f == place), "")
            value = str(given.get(place, ""))[:80]
            letter = _letter(at) if at >= 0 else ""
            faults.append(Fault(name, line, letter, heading, value, message, citation))
        if row.device.serial:
            taken.add(normal_serial(row.device.serial))
        rows.append(row)
        lines.append(line)
    if not rows:
        raise CannotImport("Danh sách không có dòng nào dưới dòng tiêu đề.")
    if len(rows) > MAX_ROWS:
        raise CannotImport(f"Danh sách có hơn {MAX_ROWS} dòng. Hãy chia thành nhiều tệp.")
    return Found(name, rows, faults, lines)


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value if value is not None else "").split())


def _day(value: Any) -> date | None:
    """A day of a cell: a real date (as ISO text from the reader) or typed text."""
    text = _text(value)
    for pattern, order in (
        (r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?", (0, 1, 2)),
        (r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", (2, 1, 0)),
    ):
        found = re.fullmatch(pattern, text)
        if found:
            return date(*(int(found.groups()[i]) for i in order))
    raise ValueError(text)


def _one_of(value: Any, table: dict[str, tuple[str, ...]]) -> str:
    word = _bare(value)
    return next((code for code, words in table.items() if word == code or word in words), "")


def _row(given: dict[str, Any], people: dict[str, Person]) -> tuple[Taken, list[tuple[str, str]]]:
    """A row as typed, and what cannot be understood in it: (column, message)."""
    wrong: list[tuple[str, str]] = []
    kind = _one_of(given.get("kind"), _KINDS)
    if not kind:
        wrong.append(("kind", f"Loại phải là một trong: {'; '.join(KINDS.values())}."))
    kind_type = _one_of(given["type"], _TYPES) if "type" in given else ""
    if "type" in given and not kind_type:
        wrong.append(("type", "Loại USB phải là DC-02M hoặc Thường."))
    roles = set()
    for part in re.split(r"[,;/\n]", _text(given.get("roles"))) if given.get("roles") else []:
        said = f" {_bare(part)} "
        code = next((c for c, words in _ROLES.items() if any(f" {w} " in said for w in words)), "")
        if code:
            roles.add(code)
        elif part.strip():
            wrong.append(("roles", f"Vai trò phải là: {'; '.join(ROLES.values())}."))
    if kind == "computer" and len(roles) > 1:
        wrong.append(("roles", "Mỗi máy tính chỉ có một vai trò."))
    days: dict[str, date | None] = {}
    for column in ("approved_on", "checked_on", "valid_until"):
        try:
            days[column] = _day(given[column]) if column in given else None
        except ValueError:
            days[column] = None
            wrong.append((column, "Ngày không hợp lệ. Hãy ghi dạng 31/12/2025."))
    keeper = people.get(fold(_text(given.get("keeper"))))
    device = DeviceIn(
        kind=kind,
        name=_text(given.get("name")),
        serial=_text(given.get("serial")),
        type=kind_type,
        vid=_text(given.get("vid")).upper(),
        pid=_text(given.get("pid")).upper(),
        role=next(iter(roles), "") if kind == "computer" else "",
        roles=() if kind == "computer" else tuple(sorted(roles)),
        purpose=_text(given.get("purpose")),
        place=_text(given.get("place")),
        keeper=keeper,
        keeper_text="" if keeper else _text(given.get("keeper")),
        note=_text(given.get("note")),
    )
    words = {k: _text(given.get(k)) for k in ("approval", "checked_by", "certificate")}
    return Taken(device, **days, **words), wrong
