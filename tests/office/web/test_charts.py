"""Charts: well-formed, without style of their own, every figure in words, unknown never drawn as zero."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmnn.office.web.charts import (
    LEVELS,
    Bar,
    Edge,
    Mark,
    Moment,
    Node,
    bars,
    links,
    matrix,
    timeline,
    tree,
)

EVIL = "<script>alert(1)</script>&\"'{{ x }}"


def _parsed(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def _said(drawn: str) -> str:
    found = _parsed(drawn).find("svg/desc")
    assert found is not None
    return found.text or ""


def _every() -> list[str]:
    return [
        bars(EVIL, [Bar(EVIL, {"MAT": 3})], LEVELS),
        matrix(EVIL, [EVIL], ["1"], {(EVIL, "1"): Mark("late", EVIL, EVIL)}),
        timeline(EVIL, [Moment(date(2026, 1, 1), EVIL)]),
        links(EVIL, [EVIL], ["m"], [Edge(EVIL, "m", "bad", EVIL)]),
        tree(EVIL, Node(EVIL, "late", EVIL, EVIL, [Node(EVIL)])),
    ]


@pytest.mark.parametrize("number", range(5))
def test_a_chart_is_well_formed_and_holds_neither_style_nor_script(number: int) -> None:
    drawn = _every()[number]
    root = _parsed(drawn)
    assert not {e.tag.split("}")[-1] for e in root.iter()} & {"script", "style", "image", "foreignObject"}
    assert not [k for e in root.iter() for k in e.attrib if k == "style" or k.startswith("on")]
    assert EVIL in _said(drawn)


def test_an_unknown_value_is_said_and_not_drawn() -> None:
    drawn = bars("Vụ", [Bar("2025", {"MAT": 0}), Bar("2026", {"MAT": None})], {"MAT": "Mật"})
    assert "2025: Mật: 0" in _said(drawn)
    assert "2026: Mật: chưa rõ" in _said(drawn)
    shown = [e.text for e in _parsed(drawn).iter("text")]
    assert shown.count("chưa rõ") == 1
    assert shown.count("0") == 1


def test_the_widths_of_bars_stand_in_the_ratio_of_their_values() -> None:
    drawn = bars("Vụ", [Bar("a", {"MAT": 10}), Bar("b", {"MAT": 25})], {"MAT": "Mật"})
    first, second = (float(e.attrib["width"]) for e in _parsed(drawn).iter("rect"))
    assert second / first == pytest.approx(2.5, rel=0.01)


def test_a_negative_value_is_refused() -> None:
    with pytest.raises(ValueError, match="số âm"):
        bars("Vụ", [Bar("a", {"MAT": -1})], LEVELS)


def test_a_tone_is_never_shown_by_colour_alone() -> None:
    tones = ("done", "soon", "late", "bad", "plain", "unknown")
    drawn = matrix("M", ["x"], list(tones), {("x", t): Mark(t) for t in tones})
    signs = [e.text for e in _parsed(drawn).iter("text") if "sign" in e.attrib.get("class", "")]
    assert len(set(signs)) == len(tones)


def test_an_edge_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="không có đầu"):
        links("L", ["a"], ["b"], [Edge("a", "c")])


def test_charts_without_figures_say_so() -> None:
    for drawn in (bars("a", [], LEVELS), matrix("a", [], [], {}), timeline("a", []), links("a", [], [], [])):
        assert "Chưa có số liệu." in drawn


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4000), st.text("abc đ", min_size=1, max_size=60)), max_size=12))
def test_words_of_a_timeline_never_stand_on_one_another(found: list[tuple[int, str]]) -> None:
    drawn = timeline("T", [Moment(date(2020, 1, 1) + timedelta(days=d), w) for d, w in found])
    spans: dict[str, list[tuple[float, float]]] = {}
    for e in _parsed(drawn).iter("text"):
        if not re.match(r". \d\d/", e.text or ""):
            continue
        wide = 6.9 * len(e.text or "")
        x = float(e.attrib["x"])
        left = x - wide if e.attrib["text-anchor"] == "end" else x
        spans.setdefault(e.attrib["y"], []).append((left, left + wide))
    for row in spans.values():
        row.sort()
        assert all(a[1] <= b[0] + 1 for a, b in itertools.pairwise(row))
