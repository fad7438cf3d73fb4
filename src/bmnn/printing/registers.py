"""Registers as PDF: cover, repeated heads, rows never cut, page x of y, closing line, fingerprint and QR."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bmnn.printing.model import Checkpoint, Column, Cover, PrintError, Register
from bmnn.printing.qr import svg
from bmnn.printing.render import pdf
from bmnn.printing.stamps import drawing
from bmnn.printing.text import clean, lines_needed, soften

# A4 without the margins of register.typ, in millimetres.
_WIDTH = {False: 178.0, True: 265.0}
_HEIGHT = {False: 245.0, True: 158.0}
_PT = 25.4 / 72
# Times-like letters are about half as wide as the type is high; a line takes 1.25 times the size.
_LETTER, _LINE = 0.5, 1.25
# Headings are bold, and smaller.
_HEADING = 1.06
_INSET = 2.4
_MAX_ROWS = 200_000


def register_pdf(register: Register) -> bytes:
    """The register as PDF.

    Raises PrintError: no columns, a row with another number of cells, too many rows for one file.
    """
    data = _data(register)
    return pdf("register", data, tags=False)


def rooms(columns: Sequence[Column], width_mm: float, size_pt: float) -> list[float]:
    """For each column: how wide its text may be, in type sizes."""
    share = width_mm / sum(c.width for c in columns)
    return [max((column.width * share - _INSET) / (size_pt * _PT), 1.0) for column in columns]


def tall_rows(
    rows: Sequence[Sequence[str]], room: Sequence[float], height_mm: float, size_pt: float
) -> list[int]:
    """The rows that might not stand on one page and so may be broken."""
    fits = int(height_mm * 0.7 / (size_pt * _PT * _LINE))
    per_line = [max(int(r / _LETTER), 1) for r in room]
    narrowest = min(per_line)
    found = []
    for n, row in enumerate(rows):
        # A row that would fit even if all of it stood in the narrowest column needs no closer look.
        if sum(map(len, row)) + sum(t.count("\n") for t in row) * narrowest < fits * narrowest:
            continue
        if max(lines_needed(t, p) for t, p in zip(row, per_line, strict=True)) > fits:
            found.append(n)
    return found


def prepared_rows(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], room: Sequence[float]
) -> list[list[str]]:
    """The cells cleaned and made breakable. Raises PrintError for a row with another number of cells."""
    prepared = []
    for n, row in enumerate(rows, 1):
        if len(row) != len(columns):
            raise PrintError(f"Dòng {n} có {len(row)} ô nhưng biểu có {len(columns)} cột.")
        prepared.append(
            [
                "" if column.by_hand else soften(clean(text), wide)
                for text, column, wide in zip(row, columns, room, strict=True)
            ]
        )
    return prepared


def headings(columns: Sequence[Column], room: Sequence[float]) -> list[str]:
    """The headings, breakable where a column is narrow."""
    return [soften(clean(c.heading), wide * _HEADING) for c, wide in zip(columns, room, strict=True)]


def checkpoint_data(checkpoint: Checkpoint | None) -> dict[str, Any] | None:
    """What the foot of a page needs."""
    if checkpoint is None:
        return None
    return {"size": f"{checkpoint.size}", "fingerprint": checkpoint.fingerprint, "qr": svg(checkpoint.note)}


def _data(register: Register) -> dict[str, Any]:
    if not register.columns:
        raise PrintError("Biểu in không có cột nào.")
    if len(register.rows) > _MAX_ROWS:
        raise PrintError(f"Biểu in có hơn {_MAX_ROWS:,} dòng; hãy in từng quyển.".replace(",", "."))
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
        "headings": headings(register.columns, room),
        "plain": plain,
        "cells": [cell for row in rows for cell in row] if plain else [],
        "rows": [] if plain else rows,
        "voided": sorted(register.voided),
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
