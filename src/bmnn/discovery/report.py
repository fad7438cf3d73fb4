"""The report of a scan as a self-contained HTML page, and as a workbook."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path
from typing import Any

from bmnn.discovery.scan.item import NOT_OCR
from bmnn.discovery.signals import KIND_WORDS, LEVEL_WORDS
from bmnn.discovery.verdict import WORDS
from bmnn.reading import NOTES, OVER_LIMIT, UNREADABLE
from bmnn.reading.kinds import type_words
from bmnn.vietnamese import nfc

VIETNAM = timezone(timedelta(hours=7))
_STOPPED = (
    "Việc rà soát bị dừng giữa chừng: báo cáo mới có phần đã đọc. Chạy lại lệnh với --resume để làm tiếp."
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_ENCODINGS = {
    "tcvn3": "TCVN3 (ABC)",
    "vni": "VNI",
    "viscii": "VISCII",
    "vps": "VPS",
    "cp1258": "Windows-1258",
}
_LIMITS = (
    "Báo cáo chỉ nêu dấu hiệu; kết luận do người có thẩm quyền xem tài liệu rồi ghi.",
    "Tệp không đọc được, vượt giới hạn hoặc chưa nhận dạng ảnh trang không được coi là sạch.",
    "Dấu mờ trên bản quét đen trắng và đoạn chép ngắn dưới 20 âm tiết có thể bị bỏ sót.",
    "Tài liệu chưa lấy vân tay và không mang dấu, số, độ mật thì không thể nhận ra bằng máy.",
)


def why_words(why: str | None) -> str:
    """The reason of a verdict in Vietnamese; empty when there is none."""
    if why is None:
        return ""
    if why == NOT_OCR:
        return "có ảnh trang chưa được nhận dạng chữ"
    return UNREADABLE.get(why) or OVER_LIMIT.get(why) or "không đọc được"


def place_words(signal: dict[str, Any]) -> str:
    """Where a signal is, in words."""
    words = []
    if signal["page"]:
        words.append(f"trang {signal['page']}")
    if signal["at"]:
        words.append(f"ký tự {signal['at'][0]}–{signal['at'][1]}")
    if signal["box"]:
        x, y, *_ = signal["box"]
        words.append(f"cách mép trái {x / 200 * 25.4:.0f} mm, mép trên {y / 200 * 25.4:.0f} mm")
    return ", ".join(words)


def moment(iso: str) -> str:
    """A moment in Vietnam's time as people write it."""
    return f"{datetime.fromisoformat(iso).astimezone(VIETNAM):%H:%M:%S ngày %d/%m/%Y}"


def findings(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The items that a person must see, gravest first."""
    return [item for item in result["items"] if item["verdict"] != "clear"]


def size_words(count: int) -> str:
    """Bytes as people read them, with a decimal comma."""
    size, unit = float(count), "B"
    for larger in ("KB", "MB", "GB", "TB"):
        if size < 1024:
            break
        size, unit = size / 1024, larger
    return f"{size:.1f} {unit}".replace(".", ",") if unit != "B" else f"{count} B"


def write_html(result: dict[str, Any], path: Path, sources: list[str]) -> None:
    """Write the page in one step; it refers to nothing outside itself."""
    style = files("bmnn.discovery").joinpath("data/report.css").read_text("utf-8")
    parts = [
        "<!DOCTYPE html>\n<html lang=vi><head><meta charset=utf-8><title>Báo cáo rà soát bí mật nhà nước</title>",
        '<meta name=viewport content="width=device-width">',
        f'<meta http-equiv=Content-Security-Policy content="{_POLICY}">',
        f"<style>{style}</style></head><body>",
        *_head(result, sources),
        *(part for item in findings(result) for part in _item(item)),
        *_foot(),
        "</body></html>\n",
    ]
    _replace(path, "\n".join(parts).encode())


def _head(result: dict[str, Any], sources: list[str]) -> Iterator[str]:
    totals = result["totals"]
    yield "<header><h1>Báo cáo rà soát bí mật nhà nước</h1>"
    yield f"<p>Nơi rà soát: {', '.join(html.escape(s) for s in sources)}<br>"
    yield f"Bắt đầu {moment(result['started'])}, xong {moment(result['finished'])}</p>"
    if result["interrupted"]:
        yield f"<p class=warn>{_STOPPED}</p>"
    yield (
        "<table class=totals><tr>"
        + "".join(f"<th>{w}</th>" for w in ("Tổng số mục", *WORDS.values()))
        + "</tr><tr>"
    )
    yield "".join(f"<td class={n}>{totals[n]}</td>" for n in ("items", *WORDS)) + "</tr></table>"
    yield f"<p>Đã đọc {size_words(totals['bytes'])}; nhận dạng chữ {totals['pages_ocr']} ảnh trang"
    if totals["pages_unread"]:
        yield f"; <b>còn {totals['pages_unread']} ảnh trang chưa đọc</b>"
    yield "</p></header><input type=checkbox id=anh checked><label for=anh>Hiện ảnh cắt</label>"
    if not findings(result):
        yield "<p class=none>Không có mục nào cần người xem.</p>"


def _item(item: dict[str, Any]) -> Iterator[str]:
    level = f" · {LEVEL_WORDS[item['level']]}" if item["level"] else ""
    verdict = f"<span>{WORDS[item['verdict']]}{level}</span>"
    yield f"<article class={item['verdict']}><h2>{verdict} {html.escape(item['path'])}</h2>"
    facts = [size_words(item["size"]), html.escape(type_words(item["type"]))]
    if item["encoding"] in _ENCODINGS:
        facts.append(f"bảng mã {_ENCODINGS[item['encoding']]}")
    facts += [NOTES[n] for n in item["notes"] if n in NOTES]
    if item["why"]:
        facts.append(f"<b>{why_words(item['why'])}</b>")
    if item["pages_unread"]:
        facts.append(f"{item['pages_unread']} ảnh trang chưa đọc")
    yield f"<p class=facts>{' · '.join(facts)}</p>"
    if item["signals"]:
        yield "<table><tr><th>Dấu hiệu</th><th>Chữ đọc được</th><th>Vị trí</th><th>Độ chắc</th><th>Vì sao</th></tr>"
        for s in item["signals"]:
            image = f'<img alt="ảnh cắt" src="data:image/jpeg;base64,{s["crop"]}">' if s.get("crop") else ""
            kind = KIND_WORDS[s["kind"]] + (f" ({LEVEL_WORDS[s['level']]})" if s["level"] else "")
            yield (
                f"<tr><td>{kind}</td><td>{html.escape(s['text'])}{image}</td><td>{place_words(s)}</td>"
                f"<td>{_percent(s['score'])}</td><td>{html.escape(s['rule'])}</td></tr>"
            )
        yield "</table>"
    for match in item["matches"]:
        name = html.escape(match["title"] or match["document"])
        yield f"<p>Trùng {_percent(match['containment'])} với «{name}» (mã {html.escape(match['document'])}):</p><ul>"
        for p in match["passages"]:
            yield (
                f"<li>ký tự {p['at'][0]}–{p['at'][1]} của tệp ↔ ký tự {p['in_document'][0]}–{p['in_document'][1]} "
                f"của tài liệu gốc, khớp {_percent(p['score'])}</li>"
            )
        yield "</ul>"
    yield f"<p class=hash>SHA-256 {item['sha256'] or 'không tính được'}</p></article>"


def _foot() -> Iterator[str]:
    yield "<footer><h2>Giới hạn của kết quả</h2><ol>"
    yield from (f"<li>{line}</li>" for line in _LIMITS)
    yield "</ol></footer>"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def write_xlsx(result: dict[str, Any], path: Path, sources: list[str]) -> None:
    """Write the workbook: totals, findings, signals. Every text is written as text, never as a formula or link."""
    beside = path.with_name(path.name + ".moi")
    import xlsxwriter  # a scan without a workbook need not wait for it

    book = xlsxwriter.Workbook(
        str(beside), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8E8E8", "border": 1}
    )
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    totals = result["totals"]
    _sheet(
        book,
        "Tổng hợp",
        ("Nội dung", "Giá trị"),
        (44, 60),
        head,
        cell,
        [
            ("Nơi rà soát", ", ".join(sources)),
            ("Bắt đầu", moment(result["started"])),
            ("Kết thúc", moment(result["finished"])),
            ("Bị dừng giữa chừng", "có" if result["interrupted"] else "không"),
            ("Tổng số mục", totals["items"]),
            *((WORDS[name], totals[name]) for name in WORDS),
            ("Ảnh trang đã nhận dạng", totals["pages_ocr"]),
            ("Ảnh trang chưa đọc", totals["pages_unread"]),
            *((f"Giới hạn {n}", line) for n, line in enumerate(_LIMITS, 1)),
        ],
    )
    found = findings(result)
    _sheet(
        book,
        "Mục cần xem",
        (
            "STT",
            "Kết quả",
            "Độ mật",
            "Đường dẫn",
            "Dấu hiệu chính",
            "Lý do không đọc được",
            "Loại tệp",
            "Kích thước",
            "SHA-256",
        ),
        (6, 24, 12, 70, 44, 40, 30, 12, 66),
        head,
        cell,
        [
            (
                n,
                WORDS[i["verdict"]],
                LEVEL_WORDS.get(i["level"], ""),
                i["path"],
                "; ".join(dict.fromkeys(s["rule"] for s in i["signals"])),
                why_words(i["why"]),
                type_words(i["type"]),
                size_words(i["size"]),
                i["sha256"],
            )
            for n, i in enumerate(found, 1)
        ],
    )
    _sheet(
        book,
        "Dấu hiệu",
        ("Mục số", "Dấu hiệu", "Độ mật", "Chữ đọc được", "Vị trí", "Độ chắc (%)", "Vì sao"),
        (8, 34, 12, 40, 44, 10, 70),
        head,
        cell,
        [
            (
                n,
                KIND_WORDS[s["kind"]],
                LEVEL_WORDS.get(s["level"], ""),
                s["text"],
                place_words(s),
                round(100 * s["score"]),
                s["rule"],
            )
            for n, i in enumerate(found, 1)
            for s in i["signals"]
        ],
    )
    book.close()
    beside.replace(path)


def _sheet(
    book: Any,
    name: str,
    heads: tuple[str, ...],
    widths: tuple[int, ...],
    head: Any,
    cell: Any,
    rows: list[tuple[Any, ...]],
) -> None:
    sheet = book.add_worksheet(name)
    for column, (title, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(number, column, value, cell)
            else:
                sheet.write_string(number, column, nfc(str(value))[:32_000], cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)


def _replace(path: Path, data: bytes) -> None:
    beside = path.with_name(path.name + ".moi")
    beside.write_bytes(data)
    beside.replace(path)
