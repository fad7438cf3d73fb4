"""Registers as PDF: cover, repeated heads, rows never cut, page x of y, closing line, fingerprint and QR."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bmnn.printing.model import Checkpoint, Column, Cover, PrintError, Register
from bmnn.printing.qr import png
from bmnn.printing.render import pdf
from bmnn.printing.stamps import drawing
from bmnn.printing.text import clean, is_clean, lines_needed, soften, width_em

# A4 without the margins of register.typ, in millimetres.
_WIDTH = {False: 178.0, True: 265.0}
_HEIGHT = {False: 245.0, True: 158.0}
_PT = 25.4 / 72
# Times-like letters are about half as wide as the type is high; a line takes 1.25 times the size.
_LETTER, _LINE = 0.5, 1.25
_INSET = 2.4
# Headings stand closer to the lines and are a tenth smaller, but bold.
_HEAD_INSET, _HEAD_SIZE = 1.6, 0.9
# A thousand lines take about 160 MB while they are set.
_MAX_ROWS = 10_000


def register_pdf(register: Register) -> bytes:
    """The register as PDF.

    Raises PrintError: no columns, a row with another number of cells, too many rows for one file.
    """
    data = _data(register)
    return pdf("register", data, tags=False)


def rooms(
    columns: Sequence[Column], width_mm: float, size_pt: float, inset_mm: float = _INSET
) -> list[float]:
    """For each column: how wide its text may be, in type sizes."""
    share = width_mm / sum(c.width for c in columns)
    return [max((column.width * share - inset_mm) / (size_pt * _PT), 1.0) for column in columns]


def tall_rows(
    rows: Sequence[Sequence[str]], room: Sequence[float], height_mm: float, size_pt: float
) -> list[int]:
    """The rows that might not stand on one page and so may be broken."""
    fits = int(height_mm * 0.7 / (size_pt * _PT * _LINE))
    per_line = [max(int(r / _LETTER), 1) for r in room]
    found: set[int] = set()
    for cells, wide in zip(zip(*rows, strict=True), per_line, strict=False):
        # A column whose longest cell would fit even with the most new lines of any needs no closer look.
        if max(map(len, cells)) // wide + max(cell.count("\n") for cell in cells) < fits:
            continue
        found.update(n for n, cell in enumerate(cells) if lines_needed(cell, wide) > fits)
    return sorted(found)


def prepared_rows(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], room: Sequence[float]
) -> list[list[str]]:
    """The cells cleaned and made breakable. Raises PrintError for a row with another number of cells."""
    wanted = len(columns)
    for n, row in enumerate(rows, 1):
        if len(row) != wanted:
            raise PrintError(f"Dòng {n} có {len(row)} ô nhưng biểu có {wanted} cột.")
    # One look at everything is much cheaper than one at each of ten thousand cells.
    if not is_clean(" ".join(" ".join(row) for row in rows)):
        rows = [[clean(text) for text in row] for row in rows]
    prepared = [list(row) for row in rows]
    for n, (column, wide) in enumerate(zip(columns, room, strict=True)):
        if column.by_hand:
            for row in prepared:
                row[n] = ""
            continue
        # Most columns hold no word that is too wide, so the words are looked at once, not the cells.
        words = set(" ".join(row[n] for row in prepared).split())
        if any(len(word) > wide and width_em(word) > wide for word in words):
            for row in prepared:
                row[n] = soften(row[n], wide)
    return prepared


def headings(columns: Sequence[Column], width_mm: float, size_pt: float) -> list[str]:
    """The headings, breakable where a column is narrow."""
    room = rooms(columns, width_mm, size_pt * _HEAD_SIZE, _HEAD_INSET)
    return [soften(clean(c.heading), wide) for c, wide in zip(columns, room, strict=True)]


def checkpoint_data(checkpoint: Checkpoint | None) -> dict[str, Any] | None:
    """What the foot of a page needs."""
    if checkpoint is None:
        return None
    return {"size": f"{checkpoint.size}", "fingerprint": checkpoint.fingerprint, "qr": png(checkpoint.note)}


def _data(register: Register) -> dict[str, Any]:
    if not register.columns:
        raise PrintError("Biểu in không có cột nào.")
    if len(register.rows) > _MAX_ROWS:
        most = f"{_MAX_ROWS:,}".replace(",", ".")
        raise PrintError(f"Biểu in có hơn {most} dòng; hãy in từng quyển, hoặc xuất bảng tính.")
    room = rooms(register.columns, _WIDTH[register.landscape], register.size_pt)
    rows = prepared_rows(register.columns, register.rows, room)
    tall = tall_rows(rows, room, _HEIGHT[register.landscape], register.size_pt)
    plain = not tall and not register.voided
    return {
        "title": clean(register.title),
        "agency": clean(register.agency),
        "size": register.size_pt,
        "landscape": register.landscape,
        "form": clean(register.form),
        "cover": _cover(register.cover),
        "running": clean(_running(register)),
        "widths": [c.width for c in register.columns],
        "aligns": [c.align for c in register.columns],
        "headings": headings(register.columns, _WIDTH[register.landscape], register.size_pt),
        "plain": plain,
        "cells": [cell for row in rows for cell in row] if plain else [],
        "rows": [] if plain else rows,
        "voided": sorted(register.voided),
        "struck": [c.struck for c in register.columns],
        "tall": tall,
        "blank_rows": register.blank_rows,
        "closing": clean(register.closing),
        "signatures": [clean(s) for s in register.signatures],
        "checkpoint": checkpoint_data(register.checkpoint),
        "trace": clean(register.trace),
        "mark": clean(register.mark),
        "stamp": drawing(register.stamp) if register.stamp else None,
    }


def _running(register: Register) -> str:
    cover = register.cover
    if cover is None:
        return register.title
    volume = f", quyển {cover.volume:02d}" if cover.volume is not None else ""
    return f"{register.title}, năm {cover.year}{volume}"


def _cover(cover: Cover | None) -> dict[str, str] | None:
    if cover is None:
        return None
    return {
        "parent": clean(cover.parent),
        "agency": clean(cover.agency),
        "year": clean(cover.year),
        "from": _day(cover.from_day),
        "to": _day(cover.to_day),
        "first": _number(cover.first),
        "last": _number(cover.last),
        "volume": _number(cover.volume),
        "note": clean(cover.note),
    }


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _number(value: int | None) -> str:
    return f"{value:02d}" if value is not None else ""
