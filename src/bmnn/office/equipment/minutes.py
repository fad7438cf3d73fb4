"""Minutes of a check on paper (biên bản kiểm tra), as PDF and DOCX, in the format of the body that was checked."""

from __future__ import annotations

from datetime import date
from typing import Any

from bmnn import printing
from bmnn.law.vocabulary import BODY_TYPES
from bmnn.office.core.models import Unit
from bmnn.office.equipment.models import Check, Finding, Minutes, Remedy
from bmnn.office.equipment.times import shown
from bmnn.office.equipment.words import DEVICE_KINDS, REGISTERED, ROLES, USED
from bmnn.printing import Column, Document, Facts, Head, Heading, Items, Paragraph, Signature, Table


def document(minutes: Minutes, mark: str = "") -> printing.Document:
    """The whole document, with the findings and answers as they stand now."""
    check = minutes.of
    findings = list(check.findings.prefetch_related("remedies__owner"))
    body: list[Any] = [
        Paragraph(
            f"Hôm nay, ngày {minutes.day:%d/%m/%Y}, tại {minutes.place}, tiến hành kiểm tra máy tính, thiết bị."
        ),
        Heading("I. THÀNH PHẦN"),
        Paragraph("1. Thành phần kiểm tra:", bold=True),
        Items(minutes.team),
        Paragraph("2. Đại diện đơn vị được kiểm tra:", bold=True),
        Items(minutes.present),
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
    ]
    signatures = (
        Signature("ĐẠI DIỆN ĐƠN VỊ", note="(Ký, ghi rõ họ tên)"),
        Signature("NGƯỜI SỬ DỤNG MÁY", note="(Ký, ghi rõ họ tên)"),
        Signature("THÀNH PHẦN KIỂM TRA", note="(Ký, ghi rõ họ tên)"),
    )
    return Document(
        head=head(check.unit, minutes.day, minutes.number),
        kind="BIÊN BẢN",
        subject="Kiểm tra máy tính, thiết bị",
        basis=[f"Căn cứ {minutes.basis};"] if minutes.basis else [],
        body=body,
        signatures=signatures,
        mark=mark,
    )


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
