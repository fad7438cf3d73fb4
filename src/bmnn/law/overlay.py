"""What the agency confirmed or corrected from the original text, laid over the rules of the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bmnn.law.forms import OWN_SOURCE
from bmnn.law.load import Library, library
from bmnn.law.model import Confirmation, NotEncoded, Rule
from bmnn.law.shapes import check_value
from bmnn.law.span import Span


@dataclass(frozen=True)
class Overlay:
    """Confirmations and corrections by address (`key@first day of force`); the latest of each wins.

    `added` are items of lists of state secrets that the agency entered from a decision itself, by address.
    `unknown` holds entries of rules the program no longer has, or values it can no longer use: they change
    nothing and are shown.
    """

    found: Mapping[str, tuple[Confirmation, Any]] = field(default_factory=dict)
    added: Mapping[str, Rule] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    _spans: dict[tuple[int, frozenset[str]], Span] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, entries: Iterable[Mapping[str, Any]]) -> Overlay:
        """From entries {rule, value, confirmed, citation, by, on, note}, oldest first.

        `rule` is an address, or a key alone, which then means the version in force on the day `on`. The address
        of an item of a list that the program does not have adds the item; without a value it is taken back.
        """
        found: dict[str, tuple[Confirmation, Any]] = {}
        added: dict[str, Rule] = {}
        unknown: list[str] = []
        for entry in entries:
            on = entry["on"] if isinstance(entry["on"], date) else date.fromisoformat(str(entry["on"]))
            try:
                rule = find_version(str(entry["rule"]), on)
            except NotEncoded:
                if not _add(added, entry, on):
                    unknown.append(str(entry["rule"]))
                continue
            corrected = not entry["confirmed"]
            if corrected and check_value(rule.shape, entry["value"], rule.codes):
                unknown.append(str(entry["rule"]))
                continue
            note = str(entry.get("note") or "")
            made = Confirmation(corrected, str(entry["citation"]), str(entry["by"]), on.isoformat(), note)
            if not corrected and rule.address in found and found[rule.address][0].corrected:
                # A confirmation after a correction stands behind the corrected value.
                found[rule.address] = (replace(made, corrected=True), found[rule.address][1])
            else:
                found[rule.address] = (made, entry["value"] if corrected else None)
        return cls(found, added, tuple(unknown))

    def over(self, number: int, day: date, rules: Span) -> Span:
        """The rules of a day with the overlay applied; each span of days is kept, since every act asks again."""
        mine = {rule.key: rule for rule in self.added.values() if rule.in_force(day)}
        if not self.found and not mine:
            return rules
        place = (number, frozenset(mine))
        if place not in self._spans:
            self._spans[place] = Span({key: self.apply(rule) for key, rule in rules.items()} | mine)
        return self._spans[place]

    def apply(self, rule: Rule) -> Rule:
        """The rule as the agency knows it."""
        mine = self.found.get(rule.address)
        if mine is None:
            return rule
        confirmation, value = mine
        if not confirmation.corrected:
            return replace(rule, confirmation=confirmation)
        return replace(
            rule,
            value=value,
            says="",
            carried=False,
            citation=confirmation.citation,
            confirmation=confirmation,
        )


NO_OVERLAY = Overlay()
OWN_ITEM = "list.item."


def _add(added: dict[str, Rule], entry: Mapping[str, Any], on: date) -> bool:
    """Put an item of the agency's own into `added`, or take it out. False: the entry is no such thing."""
    address, value = str(entry["rule"]), entry["value"]
    key, _, since = address.partition("@")
    if entry["confirmed"] or not key.startswith(OWN_ITEM) or not since:
        return False
    if value is None:
        return added.pop(address, None) is not None
    if check_value("list_item", value, {}):
        return False
    by, citation = str(entry["by"]), str(entry["citation"])
    added[address] = Rule(
        key=key,
        topic="lists",
        title=f"{value['code']}: {value['text']}",
        shape="list_item",
        value=value,
        unit="",
        says="",
        citation=citation,
        places=(),
        mark="text",
        source=OWN_SOURCE,
        regime="",
        in_force_from=date.fromisoformat(since),
        in_force_until=None,
        note=str(entry.get("note") or ""),
        confirmation=Confirmation(True, citation, by, on.isoformat()),
    )
    return True


def find_version(address: str, day: date, found: Library | None = None) -> Rule:
    """The version an address names, or the one of the key in force on the day. Raises NotEncoded."""
    key, _, since = address.partition("@")
    for rule in (found or library()).versions.get(key, ()):
        if rule.in_force_from.isoformat() == since if since else rule.in_force(day):
            return rule
    raise NotEncoded(f"Không có quy định mang mã {address}.")
