"""Tables of assignments: «TT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành», a row a task."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bmnn.directives.layout import Line
from bmnn.directives.text import Text

_COLUMNS: tuple[tuple[str, str], ...] = (
    ("number", r"(?:s?tt|so tt|so thu tu)"),
    ("with", r".*phoi hop.*"),
    (
        "lead",
        (
            r"(?:.*chu tri.*|(?:don vi|co quan|bo phan|nguoi|ca nhan).*thuc hien.*|.*phan cong.*|thuc "
            r"hien|don vi|co quan)"
        ),
    ),
    ("due", r"(?:thoi gian|thoi han|han|tien do|moc|ngay hoan thanh).*"),
    ("product", r"(?:san pham|ket qua|hinh thuc|dau ra).*"),
    ("task", r"(?:.*(?:nhiem vu|cong viec|noi dung|hoat dong|giai phap).*|viec)"),
    ("note", r"ghi chu"),
)
_SPLIT = re.compile(r"\s*\|\s*|\t+|\s{3,}")


@dataclass
class Row:
    """One row: cells by column name, and its number as printed."""

    cells: dict[str, Text]
    label: str


def take_tables(lines: list[Line]) -> tuple[list[Line], list[Row]]:
    """Lines without the tables of assignments, and the rows of those tables."""
    rest: list[Line] = []
    rows: list[Row] = []
    i = 0
    while i < len(lines):
        found = _spread(lines, i) or _stacked(lines, i)
        if found is None:
            rest.append(lines[i])
            i += 1
            continue
        i, more = found
        rows += more
    return rest, rows


def _column(t: Text) -> str | None:
    folded = re.sub(r"\s+", " ", t.folded).strip(" :.")
    if not folded or len(folded) > 48:
        return None
    return next((name for name, pattern in _COLUMNS if re.fullmatch(pattern, folded)), None)


def _is_head(columns: list[str | None]) -> bool:
    named = [c for c in columns if c]
    return (
        "task" in named
        and ("lead" in named or "due" in named)
        and len(named) >= 3
        and len(set(named)) == len(named)
    )


def _cells(t: Text) -> list[Text]:
    out, at = [], 0
    for m in _SPLIT.finditer(t.s):
        out.append(t[at : m.start()].strip("|"))
        at = m.end()
    out.append(t[at:].strip("|"))
    return out[1:] if out and not out[0] else out


def _spread(lines: list[Line], i: int) -> tuple[int, list[Row]] | None:
    """A row a line, cells parted by bars, tabs or wide gaps."""
    head = [_column(c) for c in _cells(lines[i].t)]
    if not _is_head(head):
        return None
    rows: list[Row] = []
    j = i + 1
    while j < len(lines):
        cells = _cells(lines[j].t)
        if re.fullmatch(r"[\s|:\-–—+]*", lines[j].t.s):
            j += 1
            continue
        if len(cells) < len([h for h in head if h]) - 1 or len(cells) < 2:
            break
        _add(rows, head, cells)
        j += 1
    return (j, rows) if rows else None


def _stacked(lines: list[Line], i: int) -> tuple[int, list[Row]] | None:
    """A cell a line (as word processors give tables): the heads first, then as many cells a row."""
    head: list[str | None] = []
    j = i
    while j < len(lines) and len(head) < 9 and (name := _column(lines[j].t)):
        head.append(name)
        j += 1
    if not _is_head(head) or j >= len(lines):
        return None
    cells: list[Text] = []
    while j < len(lines) and (lines[j].cell or len(cells) % len(head)):
        if lines[j].cell or not cells:
            cells.append(lines[j].t)
        else:
            cells[-1] = Text.join([cells[-1], lines[j].t])
        j += 1
    rows: list[Row] = []
    for at in range(0, len(cells) - len(cells) % len(head), len(head)):
        _add(rows, head, cells[at : at + len(head)])
    return (j, rows) if rows else None


def _add(rows: list[Row], head: list[str | None], cells: list[Text]) -> None:
    named = {name: cell for name, cell in zip(head, cells, strict=False) if name and cell.s.strip()}
    if len(named.get("task", Text.join([]))) > 5:
        label = named["number"].s.strip(" .") if "number" in named else str(len(rows) + 1)
        rows.append(Row(named, label))
