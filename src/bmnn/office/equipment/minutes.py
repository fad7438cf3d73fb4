"""Minutes of a check on paper (biên bản kiểm tra), as PDF and DOCX, in the format of the body that was checked."""

from __future__ import annotations

from typing import Any

from bmnn.office.equipment.models import Check, Finding, Minutes, Remedy
from bmnn.office.equipment.times import shown
from bmnn.office.equipment.words import DEVICE_KINDS, REGISTERED, ROLES, USED
from bmnn.office.web.minutes import document as minutes_document
from bmnn.printing import Column, Document, Facts, Heading, Items, Paragraph, Table


def document(minutes: Minutes, mark: str = "") -> Document:
    """The whole document, with the findings and answers as they stand now."""
    check = minutes.of
    findings = list(check.findings.prefetch_related("remedies__owner"))
    return minutes_document(
        minutes,
        check.unit,
        "Kiểm tra máy tính, thiết bị",
        "tiến hành kiểm tra máy tính, thiết bị.",
        ("Thành phần kiểm tra", "Đại diện đơn vị được kiểm tra"),
        [
            Heading("II. MÁY TÍNH ĐƯỢC KIỂM TRA"),
            *(block for m in check.result["machines"] for block in _machine(m)),
            Heading("III. PHÁT HIỆN"),
            *_findings(findings),
            Heading("IV. VIỆC PHẢI KHẮC PHỤC"),
            *_remedies(findings),
            Heading("V. KẾT LUẬN, KIẾN NGHỊ"),
            *[Paragraph(p) for p in minutes.conclusion.splitlines()],
            Paragraph("Giới hạn của kết quả kiểm tra:", bold=True),
            Items(check.result["limits"]),
            Paragraph(_closing(check)),
        ],
        ("ĐẠI DIỆN ĐƠN VỊ", "NGƯỜI SỬ DỤNG MÁY", "THÀNH PHẦN KIỂM TRA"),
        mark,
    )


def _machine(m: dict[str, Any]) -> list[Any]:
    counts = m["artefacts"]
    unread = sum(v for k, v in counts.items() if k != "read")
    facts = Facts(
        [
            ("Tên máy", m["name"]),
            ("Vai trò", ROLES.get(m["role"], "chưa khai trong sổ")),
            ("Hệ điều hành", m["os"] or "không rõ"),
            ("Múi giờ của máy", m["timezone"] or "không rõ"),
            ("Thu thập", f"{shown(m['collected_at'])} {m['collected_by']}".strip() or "không ghi"),
            (
                "Hiện vật",
                f"{counts.get('read', 0)} đọc được; {unread} thiếu, không đọc được hoặc đọc một phần",
            ),
            ("Dùng Internet", USED[m["internet"]]),
            ("Phần mềm đáng chú ý", ", ".join(m["applications"]) or "không thấy"),
        ]
    )
    if not m["devices"]:
        return [facts, Paragraph("Không thấy dấu vết thiết bị cắm ngoài trong phần đọc được.")]
    columns = (
        Column("TT", 0.5, "center"),
        Column("Thiết bị", 2.4),
        Column("Số sê-ri", 2.0),
        Column("Lần đầu", 1.3),
        Column("Lần cuối", 1.3),
        Column("Sổ thiết bị", 1.3),
    )
    rows = [
        (
            str(n),
            f"{DEVICE_KINDS[d['kind']]}: {d['name'] or 'không rõ tên'}",
            d["serial"] or "không có",
            shown(d["first"]),
            shown(d["last"]),
            REGISTERED[d["registered"]] if d["kind"] == "storage" else "–",
        )
        for n, d in enumerate(m["devices"], 1)
    ]
    return [facts, Table(columns, rows, f"Thiết bị đã cắm vào máy {m['name']}")]


def _findings(findings: list[Finding]) -> list[Any]:
    if not findings:
        return [Paragraph("Không có phát hiện nào trong phần đọc được.")]
    columns = (
        Column("TT", 0.5, "center"),
        Column("Nội dung, căn cứ", 3.6),
        Column("Bằng chứng", 2.0),
        Column("Không chứng minh", 1.8),
        Column("Ý kiến đơn vị", 1.4),
    )
    rows = []
    for n, f in enumerate(findings, 1):
        law = f"\nCăn cứ: {'; '.join(f.law)}" if f.law else ""
        first = f.observations[0] if f.observations else None
        proof = f"{f.total} dấu vết" + (f", trước hết: {first['artefact']} → {first['key']}" if first else "")
        answer = f"{f.state_word}{': ' + f.answer if f.answer else ''}"
        rows.append(
            (
                str(n),
                f"{f.title} ({f.severity_word.lower()}, {f.confidence_word.lower()}). {f.summary}{law}",
                proof,
                f.does_not_prove,
                answer,
            )
        )
    return [Table(columns, rows)]


def _remedies(findings: list[Finding]) -> list[Any]:
    found: list[Remedy] = [r for f in findings for r in f.remedies.all()]
    if not found:
        return [Paragraph("Không có việc phải khắc phục.")]
    columns = (
        Column("TT", 0.5, "center"),
        Column("Việc phải làm", 3.5),
        Column("Người chịu trách nhiệm", 1.8),
        Column("Hạn", 1.1),
        Column("Tình trạng", 1.5),
    )
    rows = [(str(n), r.text, r.owner.name, f"{r.due:%d/%m/%Y}", r.state_word) for n, r in enumerate(found, 1)]
    return [Table(columns, rows)]


def _closing(check: Check) -> str:
    files = "; ".join(f"{c['name']} (SHA-256 {c['sha256']})" for c in check.result["collections"])
    rules = "; ".join(f"{r['name']} ({r['date'] or r['from']})" for r in check.result["rules"])
    return (
        f"Bộ thu thập đã kiểm tra: {files}. Luật nhận diện mã độc: {rules or 'không có'}. Kết luận vi phạm thuộc thẩm "
        "quyền của cơ quan chức năng. Biên bản lập xong đã đọc lại cho các bên cùng nghe và ký tên."
    )
