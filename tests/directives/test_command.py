"""`bmnn directive read`: exit statuses, messages, formats, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from bench.directives import TRUTH

from bmnn.cli.main import main

LETTER = TRUTH / "others" / "cong-van-so-giao-duc.txt"


def test_json_of_one_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["directive", "read", str(LETTER), "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["documents"][0]["header"]["number"] == "1422"
    assert "Đang mở" in err


def test_words_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    main(["directive", "read", str(LETTER)])
    out = capsys.readouterr().out
    for words in (
        "Công văn 1422/SGDĐT-VP",
        "Cơ quan ban hành: Sở Giáo dục và Đào tạo",
        "30/11/2025",
        "Báo cáo: kết quả → Sở Giáo dục và Đào tạo qua Văn phòng Sở",
        "Có điều cấm",
    ):
        assert words in out


def test_several_files_one_of_them_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "rỗng.txt"
    empty.write_bytes(b"")
    assert main(["directive", "read", str(LETTER), str(empty), "--json"]) == 1
    out, err = capsys.readouterr()
    assert [r["source"] for r in json.loads(out)["files"]] == [LETTER.name]
    assert "rỗng.txt" in err


def test_the_same_text_under_another_name_is_recognised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "ban-khac.txt"
    other.write_bytes(LETTER.read_bytes().replace(b"\n", b"\r\n"))
    main(["directive", "read", str(LETTER), str(other)])
    assert f"Cùng nội dung với tệp «{LETTER.name}»" in capsys.readouterr().err


POEM = (
    "Trăm năm trong cõi người ta,\nChữ tài chữ mệnh khéo là ghét nhau.\nTrải qua một cuộc bể dâu,"
    "\nNhững điều trông thấy mà đau đớn lòng.\n"
) * 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "rỗng"),
        (b"  \n \n", "rỗng"),
        (POEM.encode(), "Không nhận ra văn bản"),
        ("stt;tên;số lượng\n1;máy tính;5\n2;máy in;3\n".encode(), "Không nhận ra"),
        (b"\x00\x01\x02\xff" * 400, ""),
    ],
)
def test_what_is_no_directive_gives_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, words: str
) -> None:
    path = tmp_path / "tep.txt"
    path.write_bytes(content)
    assert main(["directive", "read", str(path)]) == 2
    out, err = capsys.readouterr()
    assert words in out + err
    assert "Traceback" not in err


def test_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["directive", "read", "khong-co.txt"]) == 2
    assert "Không tìm thấy tệp" in capsys.readouterr().err


def test_three_hundred_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clause = (
        "{n}. Công an tỉnh chủ trì, phối hợp với các cơ quan liên quan kiểm tra việc chấp hành quy "
        "định; kịp thời báo cáo Ủy ban nhân dân tỉnh."
    )
    body = "\n".join(clause.format(n=n) for n in range(1, 100))
    text = (
        f"KẾ HOẠCH\nVề kiểm tra\n\nChủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n\n{body}\n"
        + ("Nội dung phụ lục kèm theo để các đơn vị nghiên cứu thực hiện. " * 60 + "\n") * 200
    )
    path = tmp_path / "dai.txt"
    path.write_text(text, "utf-8")
    assert main(["directive", "read", str(path), "--json"]) in (0, 1)
    assert len(json.loads(capsys.readouterr().out)["documents"][0]["tasks"]) >= 99


def test_word_file_with_its_head_in_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = docx.Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "UBND TỈNH LAM SƠN\nSỞ Y TẾ\nSố: 77/SYT-VP\nV/v trực cấp cứu"
    head.cell(
        0, 1
    ).text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLam Sơn, ngày 3 tháng 2 năm 2026"
    )
    document.add_paragraph("Kính gửi: Giám đốc các bệnh viện.")
    document.add_paragraph("Giám đốc Sở Y tế yêu cầu Giám đốc các bệnh viện:")
    document.add_paragraph("1. Bố trí trực cấp cứu 24/24 giờ.")
    document.add_paragraph("2. Báo cáo Sở Y tế trước ngày 10/02/2026.")
    tail = document.add_table(1, 2)
    tail.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    tail.cell(0, 1).text = "GIÁM ĐỐC\n\nNgô Thị Hà"
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert main(["directive", "read", str(path), "--json"]) in (0, 1)
    d = json.loads(capsys.readouterr().out)["documents"][0]
    assert (d["header"]["issuing_body"], d["header"]["parent_body"], d["header"]["date"]) == (
        "Sở Y tế",
        "Ủy ban nhân dân tỉnh Lam Sơn",
        "2026-02-03",
    )
    assert d["signature"]["name"] == "Ngô Thị Hà"
    assert [t["deadline"][0]["date"] for t in d["tasks"] if t["deadline"]] == ["2026-02-10"]


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ "
        + " ".join(f"Công văn số {i}/UBND-VP ngày 01/02/2025 của Ủy ban nhân dân tỉnh;" for i in range(1200)),
        "1. Công an tỉnh " + "báo cáo kết quả về việc gửi " * 2000,
        "[1: " * 20000,
        "1. Khi " + "phát hiện vụ việc, các cơ quan, đơn vị và " * 4000,
        "Nơi nhận:" + " " * 100_000 + "x",
    ],
    ids=["codes", "reports", "brackets", "conditions", "spaces"],
)
def test_text_made_to_hold_the_reader_up_ends_all_the_same(text: str) -> None:
    from bmnn import directives

    assert directives.read(text)["schema_version"] == 1
