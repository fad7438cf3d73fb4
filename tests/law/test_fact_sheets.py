"""Rule data against the fact sheets it was written from, read here by a parser of their tables.

The sheets give facts of both regimes with a mark of how each was read; whatever they state must stand in the data with
the same value and mark.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from bmnn import law

pytestmark = pytest.mark.shared
OLD, NEW = law.on(date(2024, 6, 1)), law.on(date(2026, 6, 1))
LEVEL = {"Tuyệt mật": "TUYET_MAT", "Tối mật": "TOI_MAT", "Mật": "MAT"}


def rows(text: str, heading: str) -> list[list[str]]:
    """The rows of all tables below a heading, up to the next heading of the same depth or above."""
    depth = len(heading) - len(heading.lstrip("#"))
    start = next(m.end() for m in re.finditer(rf"^{re.escape(heading)}.*$", text, re.M))
    end = re.search(rf"^#{{1,{depth}}} ", text[start:], re.M)
    part = text[start : start + end.start()] if end else text[start:]
    found = [
        [c.strip() for c in line.strip().strip("|").split("|")] for line in part.splitlines() if "|" in line
    ]
    return [r for r in found if not set("".join(r)) <= set("-: ")]


def mark(cell: str) -> str:
    found = re.search(r"\[(text\*?|secondary|draft|memory|gap)", cell)
    return found[1] if found else "gap"


def sheet(shared: Path, name: str) -> str:
    return (shared / "law" / name).read_text("utf-8")


def test_every_row_of_the_parameter_table_stands_in_both_regimes(shared: Path) -> None:
    keys = {
        "extension.lead (latest decision before expiry)": "extension.lead",
        "declassify.notify (by decision)": "declassify.notify",
        "declassify.notify (left the list)": "declassify.notify_left_list",
        "list.appraisal (MPS)": "list.appraisal",
        "envelope.layers tuyệt mật / tối mật / mật": "envelope.layers",
    }
    seen = 0
    for key, a, b, _unit, source_a, source_b in rows(sheet(shared, "lifecycle.md"), "## 0.")[1:]:
        old, new = OLD.rule(keys.get(key, key)), NEW.rule(keys.get(key, key))
        if re.fullmatch(r"\d+", a):
            assert old.value == int(a), key
        if source_a != "—":
            assert old.mark == mark(source_a), key
        number = re.match(r"(\d+)( \(not verified\))?$", b)
        if number:
            assert new.value == int(number[1]), key
        if b == "[gap]":
            assert new.unverified, key
        elif "[" in source_b:
            assert new.mark == mark(source_b), key
        seen += 1
    assert seen == 20


def test_every_item_of_the_lists_is_held_with_level_place_condition_and_mark(shared: Path) -> None:
    held = {i.code: i for one in NEW.lists() for i in one.items}
    text = sheet(shared, "danh-muc.md")
    seen = set()
    for row in rows(text, "## 3."):
        if len(row) != 6 or not re.match(r"\d+-(TM|ToM|M)-\w+$", row[0]) or row[5] == "–":
            continue
        code, level, place, words, ends, source = row
        item = held[code]
        seen.add(code)
        assert item.level == LEVEL[level], code
        article, *inner = place.removeprefix("Đ").split(".")
        written = " ".join(
            [f"Điều {article}", *(f"{n} {p}" for n, p in zip(("khoản", "điểm"), inner, strict=False))]
        )
        assert item.place == written, code
        assert item.text in words.replace("**", ""), code
        expected = {"–": "", "CCK": "chưa công khai"}.get(ends, ends)
        assert (item.ends_when, item.mark) == (expected, mark(source)), code
        assert f"{code.split('-')[0]}/QĐ-TTg" in item.citation, code
    assert len(seen) == 77
    assert set(held) == seen


def test_every_decision_is_held_with_its_day_its_state_and_its_mark(shared: Path) -> None:
    held = {one.number: one for one in law.on(date(2026, 6, 1)).lists() if one.public}
    seen = 0
    for row in rows(sheet(shared, "danh-muc.md"), "## 2."):
        if not re.match(r"\d+/QĐ-TTg$", row[0]):
            continue
        number, signed, since, _field, state, source = row
        d, m, y = (int(x) for x in signed.split("/"))
        one = held[number]
        assert one.signed == date(y, m, d), number
        d, m, y = (int(x) for x in since.split("/"))
        assert one.rule.in_force_from == date(y, m, d), number
        assert one.state == {"HL": "in_force", "KT": "to_check"}[state.split()[0]], number
        assert one.mark == mark(source), number
        found = law.instrument(number)
        assert found is not None
        assert found.issued == one.signed
        seen += 1
    assert seen == len(held) == 32


def test_the_columns_of_the_registers_of_2026_are_those_of_the_sheet(shared: Path) -> None:
    table = rows(sheet(shared, "forms.md"), "## 4.")
    headings = [r[1] for r in table if re.fullmatch(r"\d+", r[0])]
    assert len(headings) == 20
    shown = [c.heading for code in ("so_di", "so_den") for c in NEW.register(code).columns]
    for sheet_heading, mine in zip(headings, shown, strict=True):
        assert mine.replace("bí mật nhà nước", "BMNN").startswith(sheet_heading)
    cover = [r[1] for r in table if re.fullmatch(r"\(\d\)", r[0])]
    assert list(NEW.register("so_di").cover) == cover


def test_the_columns_agree_with_practice_too(shared: Path) -> None:
    table = [r for r in rows(sheet(shared, "practice.md"), "### 0.A.") if re.fullmatch(r"\d+", r[0])]
    for position, code in ((1, "so_di"), (2, "so_den")):
        for row, column in zip(table, NEW.register(code).columns, strict=True):
            stated = re.sub(r"\(.*?\)|\*", "", row[position]).replace("BMNN", "bí mật nhà nước").strip()
            assert column.heading.startswith(stated), (code, row)


def test_the_nineteen_forms_are_named(shared: Path) -> None:
    table = [r for r in rows(sheet(shared, "forms.md"), "## 2.") if re.fullmatch(r"\d\d", r[0])]
    named = OLD.rule("form.names").value
    assert len(named) == len(table) == 19
    for row, mine in zip(table, named, strict=True):
        assert mine.startswith(f"Mẫu số {row[0]}: ")


def test_the_fines_of_both_decrees(shared: Path) -> None:
    table = rows(sheet(shared, "duties-and-reporting.md"), "## 9.")[1:]
    new = [p for p in NEW.penalties() if "282/2025" in p.citation]
    old = {p.act: p for p in law.on(date(2025, 6, 1)).penalties() if p.kind == "administrative"}
    stated = {}
    for _act, before, after in table:
        found = re.match(r"k(\d) ([a-zđ]): (\d+)–(\d+) m", after)
        if found:
            stated[f"điểm {found[2]} khoản {found[1]} Điều 22"] = (int(found[3]), int(found[4]), before)
    assert len(stated) == 21
    assert {p.citation.split(" Nghị định")[0] for p in new} == set(stated)
    for one in new:
        least, most, before = stated[one.citation.split(" Nghị định")[0]]
        assert (one.least, one.most, one.mark) == (least, most, "text")
        earlier = old[one.act]
        if before == "[gap]":
            assert (earlier.least, earlier.rule.badge) == (None, "chưa đối chiếu")
        else:
            assert (earlier.least, earlier.most) == (1, 3)


def test_the_criminal_penalties(shared: Path) -> None:
    table = rows(sheet(shared, "duties-and-reporting.md"), "## 10.")[1:]
    crimes = {p.citation: p for p in NEW.penalties() if p.kind == "criminal"}
    assert len(crimes) == len(table) == 7
    for place, _act, words in table:
        article, clause = place.removeprefix("Đ").split(" k")
        mine = crimes[f"khoản {clause} Điều {article} Bộ luật Hình sự 100/2015/QH13"]
        years = re.search(r"(\d+)–(\d+)", words)
        if years and mine.least is not None and mine.least >= 1:
            assert (mine.least, mine.most) == (int(years[1]), int(years[2])), place


def test_the_prohibited_acts_have_their_clauses(shared: Path) -> None:
    table = rows(sheet(shared, "regimes.md"), "## 5.")[1:]
    old = {p.number for p in OLD.prohibited_acts()}
    assert old == {int(r[0]) for r in table if r[0].isdigit()} == set(range(1, 10))
    stated = {int(r[2]): mark(r[4]) for r in table if r[2].isdigit()}
    mine = {p.number: p.mark for p in NEW.prohibited_acts() if p.number}
    assert mine == stated
    kept = [p for p in NEW.prohibited_acts() if p.number is None]
    assert len(kept) == 5
    assert all(p.rule.mark in ("memory", "secondary") for p in kept)


def test_every_instrument_of_the_sheet_is_known_with_its_days(shared: Path) -> None:
    text = sheet(shared, "README.md")
    symbol = r"(\d+/\d{4}/[A-ZĐ]+[\dA-ZĐ-]*|\d+/(?:CT|QĐ)-TTg|\d+/[A-Z]+-[A-Z]+)"
    seen = 0
    for row in rows(text, "## 2.")[1:]:
        for found in re.findall(symbol, row[0]):
            one = law.instrument(found)
            assert one is not None, found
            seen += 1
            day = re.search(r"\*{0,2}(\d\d)/(\d\d)/(\d{4})", row[2])
            alone = len(re.findall(symbol, row[0])) == 1
            if day and alone and one.in_force_from:
                d, m, y = (int(x) for x in day.groups())
                assert one.in_force_from == date(y, m, d), found
            until = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", row[3])
            if until:
                d, m, y = (int(x) for x in until.groups())
                assert one.in_force_until == date(y, m, d), found
    assert seen >= 20


def test_the_checklist_of_practice_is_whole(shared: Path) -> None:
    table = [r for r in rows(sheet(shared, "practice.md"), "### 3.2.") if re.fullmatch(r"[A-M]\d", r[0])]
    mine = NEW.checklist("kiem_tra").rows
    assert [r[0] for r in table] == [r.code for r in mine]
    assert len(mine) == 43
    for row, own in zip(table, mine, strict=True):
        assert own.text.casefold().replace("bí mật nhà nước", "bmnn") == row[1].replace("**", "").casefold()
    faults = re.findall(r"^\d+\. ", sheet(shared, "practice.md").split("### 3.3.")[1].split("\n## ")[0], re.M)
    assert len([r for r in NEW.checklist("loi_hay_gap").rows if r.group == "Từ các chỉ thị"]) == len(faults)


def test_known_sizes_of_stamps(shared: Path) -> None:
    sizes = {}
    for name, shape, *_ in rows(sheet(shared, "forms.md"), "## 3.")[1:]:
        found = re.search(r"(\d+) × (\d+) mm", shape)
        if found:
            sizes[name.split(" (")[0]] = (int(found[1]), int(found[2]))
    mine = {s.title: (s.width_mm, s.height_mm) for s in OLD.stamps() if s.width_mm}
    assert mine == sizes
    assert len(mine) == 4


def test_the_words_of_directives_that_name_instruments_are_known(shared: Path) -> None:
    folder = shared / "samples" / "directives"
    text = " ".join(p.read_text("utf-8") for p in folder.glob("*.txt") if ".ocr." not in p.name)
    cited = set(
        re.findall(r"\b\d+/\d{4}/(?:QH\d+|NĐ-CP)|\b\d+-(?:QĐ/TW|HD/BTCTW)|\b\d+/QĐ-TTg|\b2663/VPCP-NC", text)
    )
    assert len(cited) >= 9
    assert [s for s in cited if law.instrument(s) is None] == []
