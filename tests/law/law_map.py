"""Writes docs/law-map.md: article → rule → act → test. Run `python -m tests.law.law_map` after adding rules or acts.

What uses a rule is found in the source: the acts and rooms that name its key, or the word the registers have for it.
The test beside a rule is one that names its key, else the test of its family.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bmnn import law

ROOT = Path(__file__).resolve().parents[2]
MAP = ROOT / "docs" / "law-map.md"
SOURCE = ROOT / "src" / "bmnn"
WILD = ("list.item.",)  # families too long to list key by key
_FACTS = "tests/law/test_fact_sheets.py::"
# The test of a family, for keys that no test names; the longest prefix wins.
FAMILIES = {
    "": "tests/law/test_loading.py::test_everything_the_program_ships_loads_and_reads_in_words",
    "term.": _FACTS + "test_every_row_of_the_parameter_table_stands_in_both_regimes",
    "extension.": _FACTS + "test_every_row_of_the_parameter_table_stands_in_both_regimes",
    "regrade.": _FACTS + "test_every_row_of_the_parameter_table_stands_in_both_regimes",
    "declassify.": _FACTS + "test_every_row_of_the_parameter_table_stands_in_both_regimes",
    "authority.row.": "tests/law/test_authority.py::test_the_rows_and_the_answer_agree",
    "authority.act.": "tests/law/test_authority.py::test_whoever_may_at_a_level_may_at_every_lower_level",
    "authority.own.": "tests/law/test_authority.py::"
    "test_police_and_army_follow_their_own_rules_until_the_agency_enters_them",
    "register.form.": "tests/law/test_regimes.py::test_every_register_has_three_versions_of_its_form",
    "stamp.": "tests/law/test_regimes.py::test_every_stamp_has_three_versions_too",
    "prohibited.": _FACTS + "test_the_prohibited_acts_have_their_clauses",
    "penalty.": _FACTS + "test_the_fines_of_both_decrees",
    "penalty.crime": _FACTS + "test_the_criminal_penalties",
    "list.": _FACTS + "test_every_decision_is_held_with_its_day_its_state_and_its_mark",
    "list.item.": _FACTS + "test_every_item_of_the_lists_is_held_with_level_place_condition_and_mark",
    "checklist.": _FACTS + "test_the_checklist_of_practice_is_whole",
}
# Rules that an act reaches by a question whose key is built from the answer.
ASKED = {
    "term_end(": tuple(
        k for k in law.library().versions if re.fullmatch(r"term\.(tuyet_mat|toi_mat|mat)", k)
    ),
    "form_version(": tuple(k for k in law.library().versions if k.startswith("register.form.")),
    "find_list_item(": ("determine.list",),
}


def acts() -> dict[str, Path]:
    """Code of every act → its file."""
    found = {}
    for path in sorted(SOURCE.glob("office/*/acts/*.py")):
        for code in re.findall(
            r'^    code(?:: ClassVar\[str\])? = "([\w.]+)"', path.read_text("utf-8"), re.M
        ):
            found[code] = path
    return found


def aliases() -> dict[str, str]:
    """The registers' own words for a rule → its key."""
    text = (SOURCE / "office" / "records" / "legal.py").read_text("utf-8")
    table = re.search(r"_RULES = \{(.*?)\n\}", text, re.S)
    return dict(re.findall(r'"([\w.]+)": "([\w.]+)"', table[1])) if table else {}


def used_by() -> dict[str, list[str]]:
    """Rule key → codes of acts and names of rooms that rest on it."""
    keys, words = law.library().versions, aliases()
    by_file: dict[Path, list[str]] = {}
    for code, path in acts().items():
        by_file.setdefault(path, []).append(code)
    found: dict[str, list[str]] = {}
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.yaml")]):
        place = path.relative_to(SOURCE)
        if place.parts[0] in ("law", "cli"):
            continue
        text = path.read_text("utf-8")
        named = {k for k in re.findall(r"[\w]+(?:\.\w+)+|(?<=\")\w+(?=\")", text) if k in keys and k in text}
        named |= {
            words[w] for w in re.findall(r'(?:cite|citation)\(\w+(?:\.\w+)?, "(\w+)"', text) if w in words
        }
        named |= {
            f"authority.act.{a}" for a in re.findall(r'(?:authority|may|decide)\([^()]*?"(\w+)"', text)
            if f"authority.act.{a}" in keys
        }  # fmt: skip
        if path in by_file:
            named |= {key for question, several in ASKED.items() if question in text for key in several}
        for key in named:
            room = ".".join(p for p in place.parts[:2] if not p.endswith((".py", ".yaml")) and p != "data")
            for user in by_file.get(path, [room]):
                if user not in found.setdefault(key, []):
                    found[key].append(user)
    return found


def tested_by() -> dict[str, str]:
    """Rule key → the first test that names it."""
    keys = law.library().versions
    found: dict[str, str] = {}
    paths = sorted((ROOT / "tests").rglob("test_*.py"), key=lambda p: (p.parent.name != "law", str(p)))
    for path in paths:
        test = ""
        for line in path.read_text("utf-8").splitlines():
            head = re.match(r"def (test_\w+)", line)
            if head:
                test = f"{path.relative_to(ROOT)}::{head[1]}"
            if test:
                for key in re.findall(r'"([\w.]+)(?:@[\d-]+)?"', line):
                    if key in keys:
                        found.setdefault(key, test)
    return found


def family_test(key: str) -> str:
    """The test of the key's family."""
    return FAMILIES[max((p for p in FAMILIES if key.startswith(p)), key=len)]


def lines() -> Iterator[str]:
    """The whole page."""
    library, users, tests = law.library(), used_by(), tested_by()
    yield from (
        "# Law map",
        "",
        "Article → rule → act → test. Written by `python -m tests.law.law_map`; `tests/law/test_law_map.py` fails when",
        "a rule is missing here or when this page names a rule, act or test that does not exist.",
        "",
        "A rule's text in the data is restated; the instrument itself decides. Marks: `text` read in the words of the",
        "instrument, `text*` derived from a sister instrument, `secondary` from an article about it; `draft`, `memory`",
        "and `gap` are not settled and carry the badge “chưa đối chiếu” until an agency confirms them. Sources stand",
        "in `src/bmnn/law/data/sources.yaml`. “—” under acts: shown and printed, no act depends on it.",
        "",
    )
    for topic, title in library.topics.items():
        yield from (
            f"## {title} (`{topic}`)",
            "",
            "| Article | Rule | Mark | Acts and rooms | Test |",
            "|---|---|---|---|---|",
        )
        wild: dict[str, int] = {}
        for key, versions in library.versions.items():
            if versions[0].topic != topic:
                continue
            family = next((w for w in WILD if key.startswith(w)), None)
            if family:
                wild[family] = wild.get(family, 0) + 1
                continue
            articles = "<br>".join(dict.fromkeys(v.citation for v in versions))
            marks = ", ".join(dict.fromkeys(f"`{v.mark}`" for v in versions))
            who = ", ".join(f"`{u}`" for u in users.get(key, [])) or "—"
            yield f"| {articles} | `{key}` | {marks} | {who} | `{tests.get(key, family_test(key))}` |"
        for family, count in wild.items():
            who = "`records.propose_level`, `records.determine`"
            yield f"| {count} items, article in each | `{family}*` | as each says | {who} | `{family_test(family)}` |"
        yield ""


if __name__ == "__main__":
    MAP.write_text("\n".join(lines()).rstrip() + "\n", "utf-8")
    print(f"{MAP.relative_to(ROOT)}: {len(law.library().versions)} quy định")
