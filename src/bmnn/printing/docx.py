"""Letters, minutes, plans and reports as DOCX, from a template the office may replace."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import jinja2
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from bmnn.printing import docx_template
from bmnn.printing.documents import document_data
from bmnn.printing.model import Document, PrintError, Style

# The names of the files an office may keep in its folder of templates.
TEMPLATE_NAMES: dict[Style, str] = {"state": "van-ban-nha-nuoc.docx", "party": "van-ban-dang.docx"}
_WIDTH_MM = {False: 165.0, True: 252.0}


def document_docx(document: Document, folder: Path | None = None) -> bytes:
    """The document as a Word file, by the office's own template in `folder` where there is one.

    The template is filled in a sandbox: a replaced one can change the look, it cannot run anything.
    Raises PrintError: what `document_pdf` refuses, a template that is damaged or names something unknown.
    """
    name = TEMPLATE_NAMES[document.head.style]
    own = folder / name if folder is not None else None
    data = document_data(document)
    if own is not None and own.is_file():
        return _filled(own.read_bytes(), data, f"Mẫu «{name}» của cơ quan")
    return _filled(docx_template.build(document.head.style), data, f"Mẫu «{name}»")


def template_docx(style: Style) -> bytes:
    """The template the program uses, for an office to change and to put into its folder under its name."""
    return docx_template.build(style)


def _filled(template: bytes, data: dict[str, Any], name: str) -> bytes:
    environment = SandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
    try:
        book = DocxTemplate(io.BytesIO(template))
        book.render(_whole(_named(data)), jinja_env=environment, autoescape=True)
    except jinja2.UndefinedError as error:
        raise PrintError(f"{name} có thẻ không dùng được: {error.message}. Sửa tên thẻ trong mẫu.") from error
    except jinja2.TemplateError as error:
        raise PrintError(
            f"{name} viết sai thẻ: {error.message}. Sửa mẫu hoặc xóa để dùng mẫu sẵn có."
        ) from error
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise PrintError(f"{name} không phải tệp Word (.docx) đọc được. Thay tệp hoặc xóa nó.") from error
    _turn(book, landscape=data["landscape"])
    tables = [b for b in data["body"] if b["kind"] == "table"] + data["annexes"]
    _set_widths(book, [t["widths"] for t in tables], _WIDTH_MM[data["landscape"]])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _turn(book: DocxTemplate, *, landscape: bool) -> None:
    for section in book.docx.sections:
        wide = section.page_width > section.page_height
        if wide != landscape:
            section.page_width, section.page_height = section.page_height, section.page_width


def _set_widths(book: DocxTemplate, shares: list[list[float]], total_mm: float) -> None:
    waiting = iter(shares)
    for table in book.docx.tables:
        marks = [
            value
            for e in table._element.tblPr
            if e.tag.endswith("}tblDescription")
            for value in e.attrib.values()
        ]
        if docx_template.TABLE_MARK in marks:
            widths = next(waiting, [])
        elif docx_template.SIGNATURES_MARK in marks:
            widths = [1.0] * len(table.columns)
        else:
            continue
        for row in table.rows:
            for cell, share in zip(row.cells, widths, strict=False):
                cell.width = Mm(total_mm * share / sum(widths))
        for column, share in zip(table.columns, widths, strict=False):
            column.width = Mm(total_mm * share / sum(widths))


def _rows_of_signers(signers: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    wide = min(docx_template.SIGNATURES_A_ROW, len(signers))
    nobody = {"tham_quyen": "", "chuc_vu": "", "ghi_chu": "", "ho_ten": ""}
    rows = [signers[i : i + wide] for i in range(0, len(signers), wide or 1)]
    return [row + [nobody] * (wide - len(row)) for row in rows]


def _whole(value: Any) -> Any:
    """Without the break points for narrow columns: Word breaks long words by itself, and finds them whole."""
    if isinstance(value, str):
        return value.replace("\u200b", "")
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return {key: _whole(one) for key, one in value.items()} if isinstance(value, dict) else value


def _named(data: dict[str, Any]) -> dict[str, Any]:
    """The document's words under the names the templates use."""
    flat: list[dict[str, Any]] = []
    for block in data["body"]:
        flat.extend(_flat(block))
    for annex in data["annexes"]:
        flat.extend(_flat({"kind": "table", **annex}))
    stamp = data["stamp"]
    signers = [
        {
            "tham_quyen": s["authority"].upper(),
            "chuc_vu": s["role"].upper(),
            "ghi_chu": s["note"],
            "ho_ten": s["name"],
        }
        for s in data["signatures"]
    ]
    return {
        "co_quan_cap_tren": data["parent"].upper(),
        "co_quan": data["agency"].upper(),
        "so": data["number"],
        "dia_danh_ngay": data["place_day"],
        "cong_van": data["letter"],
        "ten_loai": data["kind"],
        "trich_yeu": data["subject"],
        "kinh_gui": data["to"],
        "can_cu": data["basis"],
        "noi_dung": flat,
        "chu_ky": signers,
        "hang_ky": _rows_of_signers(signers),
        "noi_nhan": data["recipients"],
        "nguoi_soan": data["drafter"],
        "dau_mat": stamp["lines"][0]["text"] if stamp else "",
        "muc_do_khan": data["urgency"],
        "pham_vi": data["limits"],
        "chan_trang": " · ".join(part for part in (data["trace"], data["mark"]) if part),
    }


def _flat(block: dict[str, Any]) -> list[dict[str, Any]]:
    kind = block["kind"]
    if kind == "paragraph":
        look = "doan_dam" if block["bold"] else "doan_nghieng" if block["italic"] else "doan"
        return [{"loai": look, "chu": block["text"]}]
    if kind == "heading":
        return [{"loai": "muc" if block["level"] == 1 else "tieu_muc", "chu": block["text"]}]
    if kind == "facts":
        return [{"loai": "dong", "nhan": n, "chu": v or "." * 60} for n, v in block["pairs"]]
    if kind == "items":
        return [{"loai": "gach_dau_dong", "chu": text} for text in block["texts"]]
    return [{"loai": "bang", "ten": block["caption"], "cot": block["headings"], "dong": block["rows"]}]
