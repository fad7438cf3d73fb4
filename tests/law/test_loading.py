"""The loader refuses what is wrong and says where: file, key, field."""

from __future__ import annotations

from importlib.resources import files

import pytest

from bmnn import law

REGIMES = """
regimes:
  "2018": {title: A, early_from: 2019-01-01, from: 2020-07-01, until: 2026-02-28}
  "2025": {title: B, from: 2026-03-01}
"""
INSTRUMENTS = """
instruments:
  luat: {symbol: 29/2018/QH14, kind: Luật, title: Bí mật, mark: text, source: S1}
"""
SOURCES = """
sources:
  S1: Bộ pháp điển
  TH: Thực hành
"""
GOOD = """
topic: terms
title: Thời hạn
rules:
  term.mat:
    title: Thời hạn độ Mật
    shape: count
    unit: năm
    versions:
      - {regime: "2018", value: 10, cite: luat Điều 19 khoản 1 điểm c, mark: text, source: S1}
      - {regime: "2025", carry: true, cite: luat Điều 19, mark: gap, source: S1}
"""


def build(rules: str, instruments: str = INSTRUMENTS) -> law.Library:
    return law.build(
        {
            "regimes.yaml": REGIMES,
            "sources.yaml": SOURCES,
            "instruments.yaml": instruments,
            "thu.yaml": rules,
        }
    )


def test_a_good_file_is_read_with_its_days_its_words_and_its_carried_value() -> None:
    old, new = build(GOOD).versions["term.mat"]
    assert old.citation == "điểm c khoản 1 Điều 19 Luật 29/2018/QH14"
    assert (old.value, old.unit, str(old.in_force_from), str(old.in_force_until)) == (
        10,
        "năm",
        "2020-07-01",
        "2026-02-28",
    )
    assert (new.value, new.carried, new.in_force_until) == (10, True, None)


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ("shape: count", "shape: so", r"thu.yaml: term.mat: trường shape phải là một trong"),
        ("value: 10", "value: -1", r"thu.yaml: term.mat: bản 1: trường value phải là số nguyên không âm"),
        ("value: 10", 'value: "10"', r"thu.yaml: term.mat: bản 1: trường value"),
        ("mark: text", "mark: chac_chan", r"bản 1: trường mark phải là một trong: text"),
        ("value: 10, ", "", r"bản 1: dấu text nhưng không có giá trị"),
        ("cite: luat Điều 19 khoản", "cite: lut Điều 19 khoản", r"trường cite nhắc tới văn bản lạ lut"),
        ("cite: luat Điều 19 khoản 1 điểm c, ", "", r"bản 1: trường cite phải là khóa văn bản"),
        ("source: S1}", "source: S99}", r"bản 1: trường source nhắc tới nguồn lạ S99"),
        ("source: S1}", "source: TH7.2 S1, ghi_chu: x}", r"bản 1: có trường lạ ghi_chu"),
        ("source: S1}", "sorce: S1}", r"bản 1: có trường lạ sorce"),
        ('regime: "2018"', 'regime: "2017"', r"bản 1: không có chế độ pháp luật 2017"),
        ('regime: "2025", carry', "from: 2024-01-01, carry", r"bản 2: khoảng hiệu lực chồng lên bản trước"),
        (
            'regime: "2025", carry',
            'regime: "2025", from: 2026-13-01, carry',
            r"bản 2: trường from phải là ngày",
        ),
        (
            'regime: "2025", carry',
            'regime: "2025", until: 2020-01-01, carry',
            r"bản 2: trường until đứng trước",
        ),
        ("mark: gap", "mark: text", r"bản 2: giá trị mang từ bản trước sang không thể có dấu text"),
        ("    title: Thời hạn độ Mật\n", "", r"thu.yaml: term.mat: trường title phải là chữ"),
        ("topic: terms\n", "", r"thu.yaml: thiếu topic hoặc title"),
        ("    unit: năm", "    don_vi: năm", r"term.mat: có trường lạ don_vi"),
        ("    unit: năm", "    unit: năm\n    unit: ngày", r"thu.yaml: khóa unit ghi hai lần \(dòng \d+\)"),
        ("rules:", "rules: [", r"thu.yaml: tệp không đúng cú pháp YAML \(dòng \d+\)"),
    ],
)
def test_a_fault_is_told_with_file_key_and_field(good: str, bad: str, told: str) -> None:
    assert good in GOOD
    with pytest.raises(law.LawDataError, match=told):
        build(GOOD.replace(good, bad, 1))


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(law.LawDataError) as told:
        build(GOOD.replace("mark: text", "mark: x").replace("mark: gap", "mark: y"))
    assert len(str(told.value).splitlines()) >= 2


def test_a_code_outside_its_choices_is_refused() -> None:
    rules = GOOD.replace("shape: count", "shape: code\n    codes: {muoi: Mười}")
    with pytest.raises(law.LawDataError, match="trường value phải là một trong: muoi"):
        build(rules.replace("value: 10", "value: hai"))


def test_words_cut_by_a_comma_are_noticed() -> None:
    rules = GOOD.replace("shape: count", "shape: code\n    codes: {muoi: Mười, năm một lần}")
    with pytest.raises(law.LawDataError, match="trường codes phải là nhóm mã"):
        build(rules.replace("value: 10", "value: muoi"))


def test_a_key_in_two_files_is_refused() -> None:
    sources = {
        "regimes.yaml": REGIMES,
        "sources.yaml": SOURCES,
        "instruments.yaml": INSTRUMENTS,
        "a.yaml": GOOD,
        "b.yaml": GOOD,
    }
    with pytest.raises(law.LawDataError, match=r"b\.yaml: term\.mat: khóa đã có ở tệp khác"):
        law.build(sources)


def test_an_instrument_replaced_by_nobody_known_is_refused() -> None:
    bad = INSTRUMENTS.replace("source: S1", "source: S1, replaced_by: [khong_co], until: 2020-01-01")
    with pytest.raises(
        law.LawDataError, match=r"instruments\.yaml: luat: trường replaced_by nhắc tới văn bản lạ"
    ):
        build(GOOD, bad)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(law.LawDataError, match=r"instruments.yaml: thiếu tệp"):
        law.build({"regimes.yaml": REGIMES, "sources.yaml": SOURCES, "thu.yaml": GOOD})


@pytest.mark.parametrize(
    ("shape", "value", "told"),
    [
        ("month_day", "02-30", "phải là tháng-ngày"),
        ("month_day", "12-20", ""),
        ("by_level_count", {"MAT": 1, "TOI_MAT": 1}, "thiếu trường TUYET_MAT"),
        ("levels", ["MAT", "KIN"], "phần tử 2 phải là một trong"),
        ("count", True, "phải là số nguyên"),
        ("texts", "một dòng", "phải là danh sách"),
        ("own_rows", [{"level": "MAT", "tier": "xa", "post": "bi_thu"}], "phần tử 1 trường tier"),
        ("outline", [{"text": "I", "items": ["a", {"text": "b", "items": []}]}], ""),
        ("outline", [{"text": "I"}], "phần tử 1 thiếu trường items"),
    ],
)
def test_a_value_is_checked_against_its_shape(shape: str, value: object, told: str) -> None:
    wrong = law.check_value(shape, value, {})
    assert told in wrong
    assert bool(told) == bool(wrong)


def test_everything_the_program_ships_loads_and_reads_in_words() -> None:
    library = law.build(
        {
            f.name: f.read_text("utf-8")
            for f in (files("bmnn.law") / "data").iterdir()
            if f.name.endswith(".yaml")
        }
    )
    for rule in library.rules():
        told = law.lines(rule)
        assert told
        assert all(isinstance(line, str) and line.strip() for line in told), rule.key
        assert rule.citation, rule.key
        assert rule.title.strip(), rule.key
    assert len(library.versions) > 450


def test_no_state_secret_of_an_unpublished_list_is_shipped() -> None:
    for rule in law.library().rules():
        if rule.shape == "list" and not rule.value["public"]:
            key = rule.key.removeprefix("list.")
            items = [
                r for r in law.library().rules() if r.shape == "list_item" and r.value["decision"] == key
            ]
            assert items == []
