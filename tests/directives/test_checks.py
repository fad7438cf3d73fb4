"""What the reader says about what it read: sums, citations no longer in force, attributions, numbering, attachments."""

from __future__ import annotations

import textwrap

import pytest

from bmnn import directives, law

LETTER = """ỦY BAN NHÂN DÂN
XÃ AN LẠC
Số: 12/UBND-VP
An Lạc, ngày 10 tháng {month} năm 2026
V/v báo cáo

Kính gửi: Các đơn vị.

Trong năm 2025, toàn xã có 40 vụ vi phạm; qua mạng xã hội 30/40 vụ, chiếm {share}%; hình thức khác 10/40 vụ, chiếm 25%.

Căn cứ Nghị định số 26/2020/NĐ-CP ngày 28/02/2020 của Chính phủ, Chủ tịch Ủy ban nhân dân xã yêu cầu các đơn vị:

1. Rà soát tài liệu mật.

2. Báo cáo Ủy ban nhân dân xã trước ngày 20/12/2026.

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH
Nguyễn Văn Hai
"""


def test_a_share_that_does_not_match_its_count_is_remarked() -> None:
    wrong = directives.read(LETTER.format(month=5, share="70"))["documents"][0]["statistics"]
    right = directives.read(LETTER.format(month=5, share="75"))["documents"][0]["statistics"]
    assert [s["value"] for s in wrong] == [40, 30, 10]
    assert [bool(s["remarks"]) for s in wrong] == [False, True, False]
    assert not any(s["remarks"] for s in right)


def test_citation_no_longer_in_force_on_the_documents_date() -> None:
    known = law.instrument("26/2020/NĐ-CP")
    assert known is not None
    conflicts = directives.read(LETTER.format(month=5, share="75"))["documents"][0]["conflicts"]
    (one,) = [c for c in conflicts if c["kind"] == "not_in_force"]
    assert "26/2020/NĐ-CP" in one["message"]
    before = directives.read(LETTER.format(month=2, share="75"))["documents"][0]["conflicts"]
    assert not [c for c in before if c["kind"] == "not_in_force"]


def test_symbol_that_does_not_fit_its_issuer() -> None:
    text = LETTER.format(month=5, share="75").replace(
        "Nghị định số 26/2020/NĐ-CP ngày 28/02/2020 của Chính phủ",
        "Công văn số 1236-CV/TU ngày 11/6/2025 của Đảng ủy xã",
    )
    assert any(c["kind"] == "symbol" for c in directives.read(text)["documents"][0]["conflicts"])


def test_numbers_twice_and_left_out_are_said() -> None:
    text = (
        "CHỈ THỊ\nVề trực cơ quan\nChủ tịch Ủy ban nhân dân xã yêu cầu:\n1. Công an xã trực ban.\n2. "
        "Văn phòng lập lịch.\n2. Trạm Y tế chuẩn bị thuốc.\n5. Phòng Kinh tế bố trí kinh phí.\n"
    )
    d = directives.read(text)["documents"][0]
    assert len(d["tasks"]) == 4
    said = [c["message"] for c in d["conflicts"] if c["kind"] == "numbering"]
    assert any("hai lần" in m for m in said)
    assert any("không liên tục" in m for m in said)


def test_attachment_belongs_to_its_decision() -> None:
    text = """ỦY BAN NHÂN DÂN
XÃ AN LẠC
Số: 30/QĐ-UBND
An Lạc, ngày 10 tháng 5 năm 2026
QUYẾT ĐỊNH
Ban hành Quy chế bảo vệ bí mật nhà nước
Điều 1. Ban hành kèm theo Quyết định này Quy chế bảo vệ bí mật nhà nước.
Điều 2. Chánh Văn phòng, Trưởng Công an xã chịu trách nhiệm thi hành Quyết định này./.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
CHỦ TỊCH
Nguyễn Văn Hai

QUY CHẾ
Bảo vệ bí mật nhà nước
(Ban hành kèm theo Quyết định số 30/QĐ-UBND ngày 10/5/2026 của Ủy ban nhân dân xã)
Điều 1. Phạm vi điều chỉnh
Quy chế này quy định việc bảo vệ bí mật nhà nước.
Điều 2. Trách nhiệm của Công an xã
Công an xã có trách nhiệm kiểm tra máy tính trước khi đưa vào sử dụng.
"""
    result = directives.read(text)
    assert [d["header"]["document_type"] for d in result["documents"]] == ["Quyết định", "Quy chế"]
    assert {"from": "D2", "to": "D1", "type": "attached"} in result["relations"]
    assert [t["clause"] for t in result["documents"][0]["tasks"]] == ["Điều 2"]


@pytest.mark.parametrize(
    ("mark", "field", "value"),
    [("TỐI MẬT", "secrecy_mark", "Tối mật"), ("HỎA TỐC", "urgency_mark", "Hỏa tốc")],
)
def test_marks_of_the_head(mark: str, field: str, value: str) -> None:
    text = LETTER.format(month=5, share="75").replace("V/v báo cáo", f"{mark}\nV/v báo cáo")
    h = directives.read(text)["documents"][0]["header"]
    assert h[field] == value
    assert h["subject"] == "báo cáo"


TABLE = """KẾ HOẠCH
Về rà soát thiết bị

Ủy ban nhân dân tỉnh phân công nhiệm vụ như sau:

{rows}
"""
ROWS = [
    ["TT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành"],
    [
        "1",
        "Rà soát máy tính soạn thảo",
        "Công an tỉnh",
        "Sở Khoa học và Công nghệ; các sở, ban, ngành",
        "Trước 30/6/2026",
    ],
    ["2", "Mua USB an toàn", "Sở Tài chính", "Văn phòng UBND tỉnh", "Quý III/2026"],
    ["3", "Tập huấn nghiệp vụ", "Sở Nội vụ", "Công an tỉnh", "Hằng năm"],
]


@pytest.mark.parametrize(
    "rows",
    [
        "\n".join("| " + " | ".join(r) + " |" for r in ROWS),
        "\n".join("\t".join(r) for r in ROWS),
        "\n\t".join(c for r in ROWS for c in r),
    ],
    ids=["bars", "tabs", "a cell a line"],
)
def test_table_of_assignments(rows: str) -> None:
    tasks = directives.read(TABLE.format(rows=rows))["documents"][0]["tasks"]
    assert [t["clause"] for t in tasks] == ["bảng/1", "bảng/2", "bảng/3"]
    assert [t["responsible"] for t in tasks] == [["Công an tỉnh"], ["Sở Tài chính"], ["Sở Nội vụ"]]
    assert tasks[0]["with"] == ["Sở Khoa học và Công nghệ", "các sở, ban, ngành"]
    assert [t["deadline"][0].get("date") for t in tasks] == ["2026-06-30", "2026-09-30", None]
    assert tasks[2]["deadline"][0]["period"] == ["P1Y"]


def test_table_right_under_the_title() -> None:
    rows = "\n\t".join(c for r in ROWS for c in r)
    tasks = directives.read(f"KẾ HOẠCH\nVề rà soát\n{rows}\n")["documents"][0]["tasks"]
    assert [t["clause"] for t in tasks] == ["bảng/1", "bảng/2", "bảng/3"]


def test_two_columns_are_read_one_after_the_other() -> None:
    clauses = [
        (
            "1. Sở Nội vụ hướng dẫn các cơ quan lập hồ sơ công việc và giao nộp tài liệu vào lưu trữ cơ "
            "quan đúng thời hạn."
        ),
        (
            "2. Công an tỉnh kiểm tra việc bảo vệ tài liệu mật tại các kho lưu trữ; báo cáo Ủy ban nhân "
            "dân tỉnh trước ngày 10/10/2025."
        ),
        (
            "3. Văn phòng Ủy ban nhân dân tỉnh theo dõi, đôn đốc việc thực hiện Chỉ thị này và tổng hợp "
            "kết quả của các đơn vị."
        ),
    ]
    lines = [line for c in clauses for line in textwrap.wrap(c, 36)]
    half = (len(lines) + 1) // 2
    pairs = zip(lines[:half], [*lines[half:], ""][:half], strict=True)
    text = "CHỈ THỊ\nVề công tác lưu trữ\n\nChủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n\n" + "\n".join(
        f"{a:<42}{b}" for a, b in pairs
    )
    tasks = directives.read(text)["documents"][0]["tasks"]
    assert [t["responsible"] for t in tasks] == [
        ["Sở Nội vụ"],
        ["Công an tỉnh"],
        ["Văn phòng Ủy ban nhân dân tỉnh"],
    ]
    assert tasks[1]["deadline"][0]["date"] == "2025-10-10"
