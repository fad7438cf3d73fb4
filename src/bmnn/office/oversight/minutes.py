"""Minutes of removal on paper (biên bản gỡ bỏ), as PDF and DOCX."""

from __future__ import annotations

from bmnn.office.oversight.models import Removal, ScanFinding
from bmnn.office.web.minutes import document as minutes_document
from bmnn.printing import Column, Document, Heading, Paragraph, Table


def document(removal: Removal, mark: str = "") -> Document:
    """The whole document, with the copies as they stand now."""
    scan = removal.of
    copies = list(removal.findings.all())
    left = sum(c.removed_on is None for c in copies)
    return minutes_document(
        removal,
        scan.unit,
        "Gỡ bỏ tài liệu, thông tin bí mật nhà nước",
        "lập biên bản gỡ bỏ tài liệu, thông tin bí mật nhà nước phát hiện qua lần rà soát số "
        f"{scan.number:02d}/{scan.year} ({scan.place}).",
        ("Thành phần lập biên bản", "Người quản lý nơi có tài liệu"),
        [
            Heading("II. TÀI LIỆU PHẢI GỠ BỎ"),
            _table(copies),
            Paragraph(f"Tổng số {len(copies)} bản; đã gỡ {len(copies) - left} bản; còn phải gỡ {left} bản."),
            Heading("III. YÊU CẦU, KIẾN NGHỊ"),
            Paragraph(
                "Gỡ bỏ hoàn toàn, triệt để mọi bản nêu trên và các bản chép, bản gửi đi của chúng; không phục hồi, "
                "không sao chụp, không phổ biến nội dung đã biết."
            ),
            *[Paragraph(p) for p in removal.conclusion.splitlines()],
            Paragraph("Biên bản được lập thành 02 bản, đã đọc cho những người có mặt cùng nghe và ký."),
        ],
        ("NGƯỜI QUẢN LÝ", "NGƯỜI LẬP BIÊN BẢN"),
        mark,
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
