"""`bmnn law`: the answers a person or a program gets on the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bmnn.cli.main import main


def answer(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    assert main(["law", *words]) == status
    return capsys.readouterr().out


def answered(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer(capsys, *words, "--json", status=status))
    assert found["schema_version"] == 1
    return found


def test_a_rule_is_found_without_marks_and_the_best_title_stands_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = answered(capsys, "thoi", "han", "bao", "ve", "tuyet", "mat", "--on", "05/03/2026")
    first = found["rules"][0]
    assert (first["key"], first["value"], first["unverified"]) == ("term.tuyet_mat", 30, True)
    assert first["citation"] == "Điều 19 Luật 117/2025/QH15"


def test_the_day_chooses_the_law(capsys: pytest.CaptureFixture[str]) -> None:
    old = answered(capsys, "--on", "28/02/2026", "--topic", "registers")
    new = answered(capsys, "--on", "01/03/2026", "--topic", "registers")
    assert (old["regime"], new["regime"]) == ("2018", "2025")
    values = [
        {r["key"]: r["value"] for r in one["rules"]}["register.summary_of_tuyet_mat"] for one in (old, new)
    ]
    assert values == ["with_consent", "never"]


def test_one_rule_shows_all_its_versions_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(capsys, "--rule", "report.annual.due", "--on", "06/04/2026")
    assert "Từ 01/07/2020 đến 28/02/2026" in told
    assert "Từ 01/03/2026 đến nay (áp dụng cho ngày đang tra) [chưa đối chiếu]" in told
    assert "điểm d khoản 1 Điều 8 Nghị định 26/2020/NĐ-CP" in told
    assert "Giá trị của luật trước, chưa đọc được trong luật mới." in told


def test_unverified_rules_can_be_listed_apart(capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, "--unverified", "--on", "06/04/2026")["rules"]
    assert {r["mark"] for r in found} <= {"draft", "memory", "gap"}
    assert len(found) > 100
    drafts = answered(capsys, "--mark", "draft", "--on", "06/04/2026")["rules"]
    assert {r["mark"] for r in drafts} == {"draft"}


def test_an_instrument_tells_what_replaced_it(capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(capsys, "--instrument", "26/2020/nđ-cp", "--on", "06/04/2026")
    assert "Được thay bằng: 63/2026/NĐ-CP" in told
    assert "không còn hoặc chưa có hiệu lực" in told
    found = answered(capsys, "--instrument", "02-HD/BTCTW", "--on", "06/04/2026")["instruments"]
    assert [one["issued"] for one in found] == ["2023-05-19", "2026-05-22"]
    assert [one["in_force"] for one in found] == [True, False]


def test_nothing_found_is_told_and_is_a_status_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Không tìm thấy quy định nào" in answer(capsys, "khong-co-tu-nay", status=1)
    assert "Chưa nhập quy định nào cho ngày 01/01/2018" in answer(capsys, "--on", "01/01/2018", status=1)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--on", "31/02/2026"], "Không có ngày 31/02/2026"),
        (["--rule", "term"], "Có phải: term.tuyet_mat, term.toi_mat, term.mat"),
        (["--topic", "abc"], "Các nhóm: definitions, determine"),
        (["--instrument", "1/2026/X"], "Không biết văn bản số «1/2026/X»"),
        (["--data", "/khong/co/thu/muc"], "Không có dữ liệu trong /khong/co/thu/muc"),
    ],
)
def test_wrong_use_is_told_in_vietnamese(
    capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert main(["law", *words]) == 2
    assert told in capsys.readouterr().err


def test_the_topics_are_listed_in_the_order_of_work(capsys: pytest.CaptureFixture[str]) -> None:
    topics = list(answered(capsys, "--topic", "?")["topics"])
    assert topics[:4] == ["definitions", "determine", "authority", "terms"]
