"""Minutes of removal on paper (biên bản gỡ bỏ), as PDF and DOCX."""

from __future__ import annotations

from datetime import date
from typing import Any

from bmnn import printing
from bmnn.law.vocabulary import BODY_TYPES
from bmnn.office.core.models import Unit
from bmnn.office.oversight.models import Removal, ScanFinding
from bmnn.printing import Column, Document, Head, Heading, Items, Paragraph, Signature, Table


def document(removal: Removal, mark: str = "") -> printing.Document:
    """The whole document, with the copies as they stand now."""
    scan = removal.of
    copies = list(removal.findings.all())
    left = sum(c.removed_on is None for c in copies)
    body: list[Any] = [
        Paragraph(f"Hôm nay, ngày {removal.day:%d/%m/%Y}, tại {removal.place}, lập biên bản gỡ bỏ tài liệu, thông tin "
                  f"bí mật nhà nước phát hiện qua lần rà soát số {scan.number:02d}/{scan.year} ({scan.place})."),
        Heading("I. THÀNH PHẦN"),
        Paragraph("1. Thành phần lập biên bản:", bold=True),
        Items(removal.team),
        Paragraph("2. Người quản lý nơi có tài liệu:", bold=True),
        Items(removal.present),
        Heading("II. TÀI LIỆU PHẢI GỠ BỎ"),
        _table(copies),
        Paragraph(f"Tổng số {len(copies)} bản; đã gỡ {len(copies) - left} bản; còn phải gỡ {left} bản."),
        Heading("III. YÊU CẦU, KIẾN NGHỊ"),
        Paragraph("Gỡ bỏ hoàn toàn, triệt để mọi bản nêu trên và các bản chép, bản gửi đi của chúng; không phục hồi, "
                  "không sao chụp, không phổ biến nội dung đã biết."),
        *[Paragraph(p) for p in removal.conclusion.splitlines()],
        Paragraph("Biên bản được lập thành 02 bản, đã đọc cho những người có mặt cùng nghe và ký."),
    ]  # fmt: skip
    return Document(
        head=head(scan.unit, removal.day, removal.number),
        kind="BIÊN BẢN",
        subject="Gỡ bỏ tài liệu, thông tin bí mật nhà nước",
        basis=[f"Căn cứ {removal.basis};"] if removal.basis else [],
        body=body,
        signatures=(
            Signature("NGƯỜI QUẢN LÝ", note="(Ký, ghi rõ họ tên)"),
            Signature("NGƯỜI LẬP BIÊN BẢN", note="(Ký, ghi rõ họ tên)"),
        ),
        mark=mark,
    )


def _table(copies: list[ScanFinding]) -> Table:
    columns = (
        Column("TT", 0.5, "center"),
        Column("Nơi có tài liệu", 3.0),
        Column("Độ mật", 1.0),
        Column("SHA-256 (16 ký tự đầu)", 1.6),
        Column("Gỡ bỏ", 2.4),
    )
    rows = [
        (
            str(n),
            c.label,
            c.level_word,
            c.sha256[:16] or "–",
            f"{c.method_word}, {c.removed_on:%d/%m/%Y}. {c.evidence}" if c.removed_on else "chưa gỡ",
        )
        for n, c in enumerate(copies, 1)
    ]
    return Table(columns, rows, "Danh sách bản phải gỡ bỏ")


def head(unit: Unit, day: date, number: int) -> Head:
    """The head of a document of the unit on the day."""
    version, parent = unit.version_on(day), unit.parent_on(day)
    body = BODY_TYPES.get(version.kind if version else unit.kind)
    party = body is not None and body.party
    name = version.short_name if version and version.short_name else ""
    return Head(
        agency=unit.name_on(day).split(" (")[0],
        parent=parent.name_on(day).split(" (")[0] if parent else "",
        number=f"{number:02d}",
        symbol=f"BB-{name}" if name and not party else "BB" + (f"/{name}" if name else ""),
        day=day,
        style="party" if party else "state",
    )
