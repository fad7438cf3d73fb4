"""docs/law-map.md names every rule, and nothing that does not exist."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
import yaml

from bmnn import law
from tests.law.law_map import MAP, ROOT, SOURCE, WILD, acts, aliases


@dataclass(frozen=True)
class Row:
    article: str
    rule: str
    users: list[str]
    test: str


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    found = []
    for line in MAP.read_text("utf-8").splitlines():
        cells = [c.strip() for c in line.strip("|").split("|")]
        if len(cells) == 5 and cells[1].startswith("`"):
            found.append(
                Row(cells[0], cells[1].strip("`"), re.findall(r"`([^`]+)`", cells[3]), cells[4].strip("`"))
            )
    return found


def test_every_rule_is_on_the_map_once(rows: list[Row]) -> None:
    named = [r.rule for r in rows]
    assert len(named) == len(set(named))
    single = {r for r in named if not r.endswith("*")}
    families = [r.removesuffix("*") for r in named if r.endswith("*")]
    assert set(families) <= set(WILD)
    keys = set(law.library().versions)
    missing = {k for k in keys - single if not any(k.startswith(f) for f in families)}
    assert not missing, f"chạy lại: python -m tests.law.law_map; thiếu {sorted(missing)}"
    assert single <= keys, f"quy định không còn: {sorted(single - keys)}"


def test_every_act_and_room_on_the_map_exists(rows: list[Row]) -> None:
    known = set(acts()) | {
        ".".join(p.relative_to(SOURCE).parts)
        for p in SOURCE.rglob("*")
        if p.is_dir() and p.name != "__pycache__"
    }
    unknown = {u for r in rows for u in r.users} - known
    assert not unknown


def test_every_test_on_the_map_exists(rows: list[Row]) -> None:
    for name in {r.test for r in rows}:
        path, _, function = name.partition("::")
        assert re.search(rf"^def {function}\(", (ROOT / path).read_text("utf-8"), re.M), name


def test_every_article_on_the_map_is_the_rules_own(rows: list[Row]) -> None:
    for row in rows:
        if not row.rule.endswith("*"):
            stated = [a.strip() for a in row.article.split("<br>")]
            assert stated == list(dict.fromkeys(v.citation for v in law.library().versions[row.rule])), (
                row.rule
            )


def test_the_rules_other_rooms_ask_for_exist() -> None:
    keys = set(law.library().versions)
    for alias, key in aliases().items():
        assert key in keys, alias
    codes = yaml.safe_load((SOURCE / "machines" / "data" / "citations.yaml").read_text("utf-8"))["codes"]
    asked = {key for several in codes.values() for key in several}
    assert asked <= keys, sorted(asked - keys)
    assert asked


def test_every_key_written_in_the_source_exists() -> None:
    keys = set(law.library().versions)
    question = re.compile(r'(?:\blaw|\bview)\.(?:rule|find)\(\s*"([\w.]+)"\s*\)')
    unknown = {
        (path.name, key)
        for path in SOURCE.rglob("*.py")
        for key in question.findall(path.read_text("utf-8"))
        if key not in keys
    }
    assert not unknown
