"""The lists of state secrets and their items, by the day on which a level is determined."""

from __future__ import annotations

from datetime import date

from bmnn import law
from bmnn.law.vocabulary import LEVELS

NEW = law.on(date(2026, 4, 6))


def test_an_item_holds_as_long_as_its_decision() -> None:
    def codes(day: date) -> set[str]:
        return {item.code for one in law.on(day).lists() for item in one.items}

    assert "774-M-2a" in codes(date(2020, 7, 1))
    assert "531-ToM-1" not in codes(date(2023, 5, 18))
    assert "531-ToM-1" in codes(date(2023, 5, 19))
    assert codes(date(2020, 7, 1)) < codes(date(2026, 4, 6))


def test_an_item_names_decision_article_clause_and_point() -> None:
    item = next(i for one in NEW.lists() for i in one.items if i.code == "2500-ToM-2b")
    assert (item.level, item.place) == ("TOI_MAT", "Điều 2 khoản 2 điểm b")
    assert item.citation == "điểm b khoản 2 Điều 2 Quyết định 2500/QĐ-TTg"
    assert item.ends_when == "chưa công khai"


def test_every_item_belongs_to_a_list_and_has_a_level() -> None:
    keys = {one.key for one in NEW.lists()}
    for one in NEW.lists():
        for item in one.items:
            assert item.decision in keys
            assert item.level in LEVELS
            assert item.rule.key == f"list.item.{item.code}"


def test_the_older_list_of_a_field_gives_way_to_the_newer() -> None:
    def numbers(day: date) -> set[str]:
        return {one.number for one in law.on(day).lists()}

    assert "1295/QĐ-TTg" in numbers(date(2024, 5, 21))
    assert "440/QĐ-TTg" not in numbers(date(2024, 5, 21))
    assert numbers(date(2024, 5, 22)) >= {"440/QĐ-TTg"}
    assert "1295/QĐ-TTg" not in numbers(date(2024, 5, 22))


def test_a_list_in_doubt_says_so_and_the_unpublished_ones_are_named_without_items() -> None:
    doubtful = {one.number for one in NEW.lists() if one.state == "to_check"}
    assert doubtful == {"2238/QĐ-TTg", "1451/QĐ-TTg", "960/QĐ-TTg"}
    hidden = [one for one in NEW.lists() if not one.public]
    assert {one.field for one in hidden} == {
        "Quốc phòng",
        "An ninh quốc gia, trật tự, an toàn xã hội",
        "Cơ yếu",
    }
    assert not any(one.items for one in hidden)
