"""The rules of a span of days on which the law does not change, with what is asked of them again and again."""

from __future__ import annotations

from functools import cached_property

from bmnn.law import forms
from bmnn.law.model import Rule, SecretList


class Span(dict[str, Rule]):
    """Key → the version in force. Not to be changed once it is made: its answers are kept."""

    @cached_property
    def posts(self) -> tuple[Rule, ...]:
        """The rows of the table of posts."""
        return tuple(rule for rule in self.values() if rule.shape == "authority")

    @cached_property
    def secret_lists(self) -> tuple[SecretList, ...]:
        """The lists of state secrets with their items."""
        return tuple(forms.lists(self))
