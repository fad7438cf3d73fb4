"""The agency's register of equipment (`--register`): XLSX, CSV or JSON, one row a device.

Columns: kind name serial vid pid unit keeper approved approved_on checked_on valid_until roles status, or
their
Vietnamese headings.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from bmnn.machines.usb import computer_serial, normal_serial
from bmnn.vietnamese import fold

_HEADINGS = {
    "kind": ("loại", "loại thiết bị", "loại tài sản"),
    "name": ("tên", "tên thiết bị", "tên máy", "nhãn hiệu"),
    "serial": ("số sê-ri", "số seri", "số serial", "sê-ri", "seri", "serial number", "số hiệu"),
    "vid": ("mã nhà sản xuất", "vendor id"),
    "pid": ("mã sản phẩm", "product id"),
    "unit": ("đơn vị", "đơn vị sử dụng", "phòng"),
    "keeper": ("người giữ", "người quản lý", "người sử dụng"),
    "approved": ("được phép", "phê duyệt", "đã phê duyệt", "cho phép"),
    "approved_on": ("ngày phê duyệt", "ngày cho phép", "ngày duyệt"),
    "checked_on": ("ngày kiểm tra", "ngày kiểm tra an ninh", "kiểm tra an ninh", "kiểm tra ngày"),
    "valid_until": ("hiệu lực đến", "có giá trị đến", "hạn kiểm tra", "giá trị đến", "hết hạn"),
    "roles": ("vai trò", "mục đích", "mục đích sử dụng", "dùng cho"),
    "status": ("tình trạng", "trạng thái"),
}
_ROLES = {
    "drafting": ("drafting", "soạn thảo", "bmnn", "mật"),
    "internet": ("internet",),
    "lan": ("lan", "nội bộ"),
    "other": ("other", "khác"),
}
_WORD = r"(?<!\w){}(?!\w)"
_NO = {"không", "no", "false", "0", "chưa", "n", "khong", "chua"}
_GONE = (
    "mất",
    "hỏng",
    "thanh lý",
    "thu hồi",
    "ngừng",
    "thay thế",
    "hủy",
    "lost",
    "retired",
    "broken",
    "replaced",
    "revoked",
)
_COMPUTERS = ("computer", "máy tính", "pc", "laptop", "máy tính xách tay", "máy tính để bàn", "máy trạm")
MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 100_000


class RegisterError(Exception):
    """The register cannot be used. Vietnamese: which file, which row, what to do."""


@dataclass(frozen=True)
class Row:
    """One device of the register. `line` is the row in the file, for messages."""

    line: int
    kind: str
    name: str
    serial: str
    vid: str
    pid: str
    unit: str
    keeper: str
    approved: bool
    approved_on: date | None
    checked_on: date | None
    valid_until: date | None
    roles: frozenset[str]
    status: str

    @property
    def gone(self) -> bool:
        """True when the register itself says that the device is lost, retired or replaced."""
        return self.status.casefold().startswith(_GONE)

    @property
    def is_computer(self) -> bool:
        """True for rows about computers."""
        return self.kind.casefold().startswith(_COMPUTERS)


@dataclass
class Register:
    """All rows, found by normalised serial or by the name of a computer."""

    rows: list[Row] = field(default_factory=list)

    def device(self, serial: str, vid: str, pid: str) -> Row | None:
        """The row of a device, rather one still in use; ids in the row must not contradict those of the device."""
        rows = [
            row
            for row in self.rows
            if serial
            and not row.is_computer
            and normal_serial(row.serial) == serial
            and not (row.vid and vid and row.vid != vid)
            and not (row.pid and pid and row.pid != pid)
        ]
        return min(rows, key=lambda r: (r.gone, r.line), default=None)

    def computer(self, name: str, bios_serial: str) -> Row | None:
        """The row of a computer, by its serial or its name."""
        serial = computer_serial(bios_serial)
        for row in self.rows:
            if row.is_computer and serial and computer_serial(row.serial) == serial:
                return row
        folded = name.casefold()
        return next((r for r in self.rows if r.is_computer and folded and r.name.casefold() == folded), None)

    @property
    def lists_computers(self) -> bool:
        """True when the register holds computers at all."""
        return any(r.is_computer for r in self.rows)


def load(path: Path) -> Register:
    """Reads a register. Raises RegisterError."""
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
    except OSError as error:
        raise RegisterError(f"Không đọc được sổ thiết bị «{path}». Hãy kiểm tra lại đường dẫn.") from error
    if not data:
        raise RegisterError(f"Sổ thiết bị «{path.name}» trống hoặc lớn hơn 64 MB.")
    if data[:2] == b"PK" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        table = _sheet(data, path.name)
    elif data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        return Register([_row(i, r, path.name) for i, r in enumerate(_json(data, path.name), 1)])
    else:
        table = _csv(data, path.name)
    return Register(_table(table, path.name))


def _sheet(data: bytes, name: str) -> list[list[Any]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return list(book.get_sheet_by_index(0).to_python(nrows=MAX_ROWS))
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise RegisterError(
            f"Sổ thiết bị «{name}» không phải bảng tính đọc được. Hãy lưu lại dạng XLSX hoặc CSV."
        ) from error


def _csv(data: bytes, name: str) -> list[list[Any]]:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegisterError(
            f"Sổ thiết bị «{name}» không dùng bảng mã UTF-8. Hãy lưu lại dạng CSV UTF-8."
        ) from error
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    try:
        return [list(r) for r in csv.reader(io.StringIO(text), delimiter=mark)][:MAX_ROWS]
    except csv.Error as error:
        raise RegisterError(f"Sổ thiết bị «{name}» không phải CSV đúng mẫu.") from error


def _json(data: bytes, name: str) -> list[dict[str, Any]]:
    try:
        whole = json.loads(data.decode("utf-8-sig"))
        rows = whole["devices"] if isinstance(whole, dict) else whole
        if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
            raise TypeError
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError, RecursionError) as error:
        raise RegisterError(f"Sổ thiết bị «{name}» không đúng mẫu JSON: cần danh sách «devices».") from error
    return rows


def _heading(text: object) -> str:
    """The column a heading means, whatever its case, marks, Unicode form and punctuation; "" when none."""
    word = _bare(str(text or ""))
    for column, words in _HEADINGS.items():
        if word and word in (_bare(column), *map(_bare, words)):
            return column
    return ""


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text).replace("_", " ")))


def _table(table: list[list[Any]], name: str) -> list[Row]:
    columns: list[str] = []
    heading = 0
    for number, cells in enumerate(table[:20]):
        columns = [_heading(c) for c in cells]
        heading = number
        if "serial" in columns or ("name" in columns and "kind" in columns):
            break
    else:
        raise RegisterError(
            f"Sổ thiết bị «{name}» không có dòng tiêu đề: cần ít nhất cột «serial» (Số sê-ri)."
        )
    rows = []
    for line, cells in enumerate(table[heading + 1 :], heading + 2):
        fields = {c: v for c, v in zip(columns, cells, strict=False) if c}
        if any(v not in (None, "") for v in fields.values()):
            rows.append(_row(line, fields, name))
    return rows


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(unicodedata.normalize("NFC", str("" if value is None else value)).split())


def _row(line: int, fields: dict[str, Any], file: str) -> Row:
    named = {_heading(k): v for k, v in fields.items()}
    roles = _text(
        ", ".join(map(str, named["roles"]))
        if isinstance(named.get("roles"), list)
        else named.get("roles", "")
    )
    folded = roles.casefold()
    return Row(
        line=line,
        kind=_text(named.get("kind")),
        name=_text(named.get("name")),
        serial=_text(named.get("serial")),
        vid=_hex(named.get("vid")),
        pid=_hex(named.get("pid")),
        unit=_text(named.get("unit")),
        keeper=_text(named.get("keeper")),
        approved=_approved(named),
        approved_on=_date(named.get("approved_on"), line, file),
        checked_on=_date(named.get("checked_on"), line, file),
        valid_until=_date(named.get("valid_until"), line, file),
        roles=frozenset(
            r for r, words in _ROLES.items() if any(re.search(_WORD.format(w), folded) for w in words)
        ),
        status=_text(named.get("status")),
    )


def _approved(named: dict[str, Any]) -> bool:
    """Without a column the register says nothing and lists approved devices; an empty cell is no approval, unless
    the day of approval stands beside it."""
    if "approved" not in named:
        return True
    word = _text(named["approved"]).casefold()
    return word not in _NO if word else bool(_text(named.get("approved_on")))


def _hex(value: object) -> str:
    text = _text(value).upper().removeprefix("0X").removeprefix("VID_").removeprefix("PID_")
    return text.zfill(4) if text else ""


def _date(value: object, line: int, file: str) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and 20_000 < value < 80_000:
        return (datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=int(value))).date()
    text = _text(value)
    if not text or text.casefold() in _NO:
        return None
    for pattern, order in (
        (r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", (0, 1, 2)),
        (r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", (2, 1, 0)),
    ):
        found = re.fullmatch(pattern, text)
        if found:
            parts = [int(g) for g in found.groups()]
            try:
                return date(*(parts[i] for i in order))
            except ValueError:
                break
    raise RegisterError(
        f"Sổ thiết bị «{file}», dòng {line}: ngày «{text}» không hợp lệ. Hãy ghi dạng 31/12/2025."
    )
