"""The shape of the object, and that every value can be found where the evidence says it stands."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from bench._directives_score import invented
from bench.directives import others

from bmnn import directives
from bmnn.vietnamese import fold

CASES = others()
HEADER = {
    "parent_body",
    "issuing_body",
    "document_type",
    "number",
    "symbol",
    "place",
    "date",
    "date_not_before",
    "date_not_after",
    "subject",
    "secrecy_mark",
    "urgency_mark",
    "addressees",
}
TASK = {
    "id",
    "clause",
    "quote",
    "responsible",
    "inherited",
    "through",
    "with",
    "advises",
    "action",
    "actions",
    "deadline",
    "reporting",
    "prohibition",
    "legal_basis",
}
KINDS = {
    "absolute",
    "periodic",
    "immediate",
    "prompt",
    "continuous",
    "as_regulated",
    "conditional",
    "relative",
}


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, t, _ in CASES])
def test_object_follows_the_contract(name: str, text: str) -> None:
    result = json.loads(json.dumps(directives.read(text, name), ensure_ascii=False))
    assert result["schema_version"] == 1
    assert result["source"] == name
    assert [d["id"] for d in result["documents"]] == [f"D{i + 1}" for i in range(len(result["documents"]))]
    for d in result["documents"]:
        assert set(d["header"]) >= HEADER
        assert set(d["signature"]) == {"authority", "on_behalf_of", "role", "name"}
        assert set(d["recipients"]) == {"to_report", "to_know", "to_file"}
        assert [t["id"] for t in d["tasks"]] == [f"T{i + 1}" for i in range(len(d["tasks"]))]
        ids = {c["id"] for c in d["citations"]}
        for t in d["tasks"]:
            assert set(t) >= TASK
            assert set(t["legal_basis"]) <= ids
            for x in t["deadline"]:
                assert x["kind"] in KINDS
                assert x["text"]
                if x["kind"] == "absolute":
                    assert set(x) >= {"date", "time", "inclusive"}
                if x["kind"] == "periodic":
                    assert all(re.fullmatch(r"P\d+[DWMY]", p) for p in x["period"])
            for r in t["reporting"]:
                assert set(r) == {"from", "to", "via", "what", "when"}
    assert unicodedata.is_normalized("NFC", json.dumps(result, ensure_ascii=False))


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, t, _ in CASES])
def test_every_value_stands_where_the_evidence_says(name: str, text: str) -> None:
    for d in directives.read(text, name)["documents"]:
        for path, entry in d["evidence"].items():
            assert 0 < entry["confidence"] <= 1, path
            assert entry["rule"], path
            if entry["span"]:
                a, b = entry["span"]
                assert 0 <= a < b <= len(text), path
        for field in ("number", "place", "subject"):
            value = d["header"][field]
            if value:
                a, b = d["evidence"][f"header.{field}"]["span"]
                assert fold(value).split()[0] in fold(text[a:b])
        for i, t in enumerate(d["tasks"]):
            a, _ = d["evidence"][f"tasks.{i}"]["span"]
            first = t["quote"].split()[0]
            assert text[a:].lstrip().startswith(first)
            squeezed = re.sub(r"\s+", "", text)
            assert re.sub(r"\s+", "", t["quote"]) in squeezed


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, t, _ in CASES])
def test_nothing_is_invented_when_the_head_and_tail_are_gone(name: str, text: str) -> None:
    body = "\n".join(text.split("\n")[12:-12])
    result = directives.read(body, name)
    assert invented(result, body) == []


def test_silence_is_null() -> None:
    d = directives.read(
        "CHỈ THỊ\nvề công tác văn thư\n\nBan Thường vụ Đảng ủy yêu cầu:\n\n1. Văn phòng Đảng ủy rà "
        "soát hồ sơ.\n"
    )["documents"][0]
    for field in ("number", "symbol", "place", "date", "parent_body", "secrecy_mark", "urgency_mark"):
        assert d["header"][field] is None
    assert d["signature"] == {"authority": None, "on_behalf_of": None, "role": None, "name": None}
    assert d["tasks"][0]["deadline"] == []
    assert d["tasks"][0]["reporting"] == []


def test_blank_number_and_day_stay_blank() -> None:
    text = (
        "UBND XÃ BÌNH MINH\nSố:      /CT-UBND\nBình Minh, ngày      tháng 7 năm 2026\nCHỈ THỊ\nVề "
        "việc trực cơ quan\nChủ tịch Ủy ban nhân dân xã yêu cầu:\n1. Văn phòng lập lịch trực.\n"
    )
    h = directives.read(text)["documents"][0]["header"]
    assert (h["number"], h["symbol"], h["date"], h["place"]) == (None, "CT-UBND", None, "Bình Minh")
