"""Finds rules by words without marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bmnn.law.model import Rule
from bmnn.law.wording import lines


def searchable(fold: Callable[[str], str], rule: Rule) -> str:
    """Everything a rule may be found by, folded: title, value in words, citation, key, note."""
    return fold(" ".join([rule.title, *lines(rule), rule.citation, rule.key, rule.note]))


def matches(fold: Callable[[str], str], rule: Rule, words: Sequence[str]) -> bool:
    """Whether every folded word stands in the rule. `fold` is given: this room knows no other."""
    if not words:
        return True
    text = searchable(fold, rule)
    return all(word in text for word in words)


def find(fold: Callable[[str], str], rules: Iterable[Rule], query: str) -> list[Rule]:
    """The rules that hold every word of the query; those whose title holds them all come first."""
    words = fold(query).split()
    found = [rule for rule in rules if matches(fold, rule, words)]
    return sorted(found, key=lambda rule: not all(word in fold(rule.title) for word in words))
