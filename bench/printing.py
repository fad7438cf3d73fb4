"""A book of 1,000 entries: our register against bare typst setting the same cells; WeasyPrint where it is at hand.

WeasyPrint is no dependency: name an interpreter that has it in WEASYPRINT_PYTHON to measure it too.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path

import typst

from bench import Row
from bmnn.printing import Checkpoint, Column, Cover, Register, register_pdf
from bmnn.printing.fonts import face, loaded
from bmnn.printing.render import FORGETTING

TITLE = "Printing a book of 1,000 entries (A4 landscape, 10 columns)"
ENTRIES, ROUNDS = 1000, 7
_EMPTY = typst.Compiler()
_HEADINGS = (
    "Số thứ tự",
    "Số, ký hiệu tài liệu, vật chứa bí mật nhà nước",
    "Ngày tháng xác định tài liệu, vật chứa bí mật nhà nước",
    "Tên loại và trích yếu nội dung tài liệu, vật chứa bí mật nhà nước",
    "Độ mật",
    "Người ký tài liệu, vật chứa bí mật nhà nước",
    "Nơi nhận và ký nhận",
    "Đơn vị lưu",
    "Số lượng",
    "Ghi chú",
)
_WIDTHS = (1, 2, 1.8, 4, 1.3, 2, 2.6, 1.7, 1, 1.6)
_NOTE = "bmnn/mau/records\n5120\n" + "Q" * 43 + "=\n\n— bmnn/mau/records " + "R" * 92 + "\n"

# What one would write by hand for the same pages: bold repeated heads, rows never cut, page x of y.
_PAGES = """#let d = json(bytes(sys.inputs.data))
#set page(paper: "a4", flipped: true, margin: (left: 20mm, right: 12mm, top: 17mm, bottom: 31mm), header: [Sổ đăng ký],
  footer: context [#h(1fr) Trang #counter(page).display("1/1", both: true)])
#set text(font: d.font, size: 10pt)
#set par(leading: 0.5em)
#set table.cell(breakable: false)
#table(columns: d.widths.map(w => w * 1fr), stroke: 0.5pt, inset: (x: 1.2mm, y: 1.5mm),
  table.header(..d.head.enumerate().map(((n, h)) => table.cell(align: center + horizon)[#strong(h) \\ (#(n + 1))])),
  ..d.cells)
"""
# The least that shows the cells at all.
_TABLE = """#let d = json(bytes(sys.inputs.data))
#set page(paper: "a4", flipped: true, margin: (left: 20mm, right: 12mm, top: 17mm, bottom: 31mm))
#set text(font: d.font, size: 10pt)
#table(columns: d.widths.map(w => w * 1fr), stroke: 0.5pt, inset: (x: 1.2mm, y: 1.5mm),
  table.header(..d.head), ..d.cells)
"""


def _rows(run: int) -> list[list[str]]:
    """Cells that differ from run to run, so that nothing can be remembered."""
    return [
        [
            f"{n:02d}",
            f"{n}/BC-UBND",
            "01/04/2026",
            f"Báo cáo kết quả xử lý đơn số {n}, lần {run}, về phương án bảo vệ địa bàn",
            "Tối mật",
            "Lê Văn Bình",
            "Công an tỉnh Mẫu\nLưu văn thư",
            "Văn phòng",
            "2",
            "",
        ]
        for n in range(1, ENTRIES + 1)
    ]


def _ours(rows: list[list[str]]) -> None:
    register_pdf(
        Register(
            "SỔ ĐĂNG KÝ BÍ MẬT NHÀ NƯỚC ĐI",
            [Column(h, w) for h, w in zip(_HEADINGS, _WIDTHS, strict=True)],
            rows,
            agency="Ủy ban nhân dân xã Mẫu Một",
            cover=Cover(
                "Ủy ban nhân dân xã Mẫu Một",
                "2026",
                first=1,
                last=ENTRIES,
                volume=1,
                from_day=date(2026, 1, 5),
            ),
            landscape=True,
            closing=f"Quyển này có {ENTRIES} số thứ tự.",
            signatures=("Người giữ sổ", "Thủ trưởng cơ quan"),
            checkpoint=Checkpoint(5120, "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345", _NOTE),
            trace="In ngày 24/11/2026",
        )
    )


def _by_hand(source: str, rows: list[list[str]]) -> None:
    chosen = face()
    data = {
        "font": chosen.name,
        "widths": _WIDTHS,
        "head": _HEADINGS,
        "cells": [cell for row in rows for cell in row],
    }
    compiler = typst.Compiler(font_paths=loaded(chosen.folder), ignore_system_fonts=True)
    words = json.dumps(data, ensure_ascii=False)
    compiler.compile(input=source.encode(), format="pdf", sys_inputs={"data": words}, pdf_tags=False)


def _seconds(work: Callable[[list[list[str]]], None], run: int) -> float:
    rows = _rows(run)
    started = time.process_time()
    work(rows)
    taken = time.process_time() - started
    # What typst remembers is dropped behind our answer; the other side must not be timed meanwhile, and every side
    # must begin with as little remembered: typst forgets after ten sheets set since.
    for thread in threading.enumerate():
        if thread.name == FORGETTING:
            thread.join()
    for _ in range(11):
        _EMPTY.compile(input=b"", format="pdf")
    return taken


_WEASY = """import sys, time, weasyprint
html = open(sys.argv[1], encoding="utf-8").read()
started = time.process_time()
weasyprint.HTML(string=html).write_pdf(sys.argv[2])
print(time.process_time() - started)
"""


def _weasyprint(python: str) -> float:
    head = "".join(f"<th>{escape(h)}</th>" for h in _HEADINGS)
    body = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in _rows(0))
    style = (
        "@page{size:A4 landscape;margin:17mm 12mm 31mm 20mm}table{border-collapse:collapse}"
        "td,th{border:.5pt solid;padding:1.5mm 1.2mm;font:10pt 'Liberation Serif'}tr{break-inside:avoid}"
    )
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "so.html"
        page.write_text(
            f"<meta charset=utf-8><style>{style}</style><table><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>",
            encoding="utf-8",
        )
        out = str(Path(folder) / "so.pdf")
        done = subprocess.run(
            [python, "-c", _WEASY, str(page), out], capture_output=True, text=True, check=True
        )
    return float(done.stdout)


def run() -> list[Row]:
    """Medians of processor time in alternating runs, after one run of each to load the fonts."""
    sides: dict[str, Callable[[list[list[str]]], None]] = {
        "ours": _ours,
        "pages": lambda rows: _by_hand(_PAGES, rows),
        "table": lambda rows: _by_hand(_TABLE, rows),
    }
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for n in range(-1, ROUNDS):
        for name, work in sides.items():
            seconds = _seconds(work, n)
            if n >= 0:
                taken[name].append(seconds)
    mine, pages, table = (statistics.median(taken[name]) for name in sides)
    rows = [
        Row(
            "PDF: ours / bare typst, same pages",
            mine,
            pages,
            "cpu s",
            mine / pages,
            "≤ 1.3",
            mine <= 1.3 * pages,
        ),
        Row(
            "PDF: ours / a table without numbers, bold",
            mine,
            table,
            "cpu s",
            mine / table,
            "≤ 1.3",
            mine <= 1.3 * table,
        ),
    ]
    if python := os.environ.get("WEASYPRINT_PYTHON"):
        other = _weasyprint(python)
        rows.append(
            Row(
                "PDF: ours / WeasyPrint",
                mine,
                other,
                "s",
                mine / other,
                "≤ 1/8",
                mine * 8 <= other,
            )
        )
    else:
        print("  (WeasyPrint not measured: set WEASYPRINT_PYTHON)", file=sys.stderr)
    return rows
