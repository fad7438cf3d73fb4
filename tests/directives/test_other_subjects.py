"""Directives on other subjects, State and Party: plans, telegrams, decisions, resolutions, notices, letters."""

from __future__ import annotations

import unicodedata

import pytest
from bench._directives_variants import noised, paged, stripped, tcvn3, wrapped
from bench.directives import measured, others

CASES = {name: (text, truth) for name, text, truth in others()}
GOALS = {
    "documents": 0.95,
    "header": 0.95,
    "recipients": 0.95,
    "citations": 0.97,
    "relation": 0.90,
    "tasks": 0.93,
    "responsible": 0.85,
    "deadlines": 0.97,
    "reporting": 0.88,
}


def _check(name: str, text: str | bytes, goals: dict[str, float]) -> None:
    score, _ = measured(name, text, CASES[name][1])
    short = {m: round(score.f1(m), 3) for m, goal in goals.items() if score.f1(m) < goal - 1e-9}
    assert short == {}, score.misses
    assert score.found["invented"] == 0


@pytest.mark.parametrize("name", sorted(CASES))
def test_directive_is_read_as_people_read_it(name: str) -> None:
    _check(name, CASES[name][0], GOALS)


@pytest.mark.parametrize("name", sorted(CASES))
def test_form_of_the_letters_does_not_matter(name: str) -> None:
    text = CASES[name][0]
    for changed in (unicodedata.normalize("NFD", text), text.replace("\n", "\r\n"), "\ufeff" + text):
        _check(name, changed.encode(), GOALS)


@pytest.mark.parametrize(
    "name", ["quyet-dinh-ban-chi-dao", "chi-thi-thu-tuong-lua-dao", "nghi-quyet-chuyen-doi-so"]
)
def test_old_encoding_and_lost_marks(name: str) -> None:
    text = CASES[name][0]
    _check(name, tcvn3(text), {"tasks": 0.93, "citations": 0.97, "deadlines": 0.97})
    _check(name, stripped(text), {"tasks": 0.85, "citations": 0.97})
    _check(name, noised(text, 0.3, 5), {"tasks": 0.85})


@pytest.mark.parametrize("name", ["cong-van-so-giao-duc", "chi-thi-thu-tuong-lua-dao", "ket-luan-thanh-uy"])
def test_width_and_pages_do_not_matter(name: str) -> None:
    text = CASES[name][0]
    for changed in (wrapped(text, 60), wrapped(text, 100), paged(text, 70, 24)):
        _check(name, changed, {"tasks": 0.93, "citations": 0.97, "deadlines": 0.97, "header": 0.95})
