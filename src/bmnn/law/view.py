"""The law of one day, as the agency has confirmed it: answers every legal question of the other rooms."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from bmnn.law import authority as _authority
from bmnn.law import forms as _forms
from bmnn.law.load import boundaries, library
from bmnn.law.model import (
    AuthorityRow,
    Checklist,
    Decision,
    Duty,
    Holder,
    NotEncoded,
    Penalty,
    Prohibited,
    RegisterForm,
    Rule,
    SecretList,
    Stamp,
)
from bmnn.law.overlay import NO_OVERLAY, Overlay
from bmnn.law.span import Span


@dataclass(frozen=True)
class View:
    """The rules in force on `day`. `regime` is "2018", "2025", or "" where no rule is encoded (before 2019).

    `early`: the law of 2018 held only in part (lists, terms, extension).
    """

    day: date
    regime: str
    early: bool
    rules: Span
    overlay: Overlay

    @property
    def encoded(self) -> bool:
        """Whether any rule is encoded for the day."""
        return bool(self.regime)

    def rule(self, key: str) -> Rule:
        """The rule of this key in force on the day. Raises NotEncoded (a KeyError) in Vietnamese."""
        found = self.rules.get(key)
        if found is None:
            raise NotEncoded(self._nothing() or f"Ngày {self.day:%d/%m/%Y} không có quy định mang mã {key}.")
        return found

    def find(self, key: str) -> Rule | None:
        """The rule of this key, or None."""
        return self.rules.get(key)

    def topic(self, name: str) -> list[Rule]:
        """All rules of a topic, in the order of their file."""
        return [r for r in self.rules.values() if r.topic == name]

    def under(self, prefix: str) -> list[Rule]:
        """All rules whose key begins with the prefix, in the order of their file."""
        return [r for r in self.rules.values() if r.key.startswith(prefix)]

    def authority(self, act: str, level: str) -> list[AuthorityRow]:
        """Everybody the table of posts names for the act at the level."""
        return list(_authority.rows(self.rules, act, level))

    def may(self, act: str, level: str, holder: Holder) -> Decision:
        """Whether the holder may do the act at the level, with the rule and the reason in Vietnamese."""
        nothing = self._nothing()
        if nothing:
            return Decision(False, None, nothing)
        return _authority.decide(self.rules, act, level, holder)

    def register(self, code: str) -> RegisterForm:
        """The form of a register (`so_di`, `so_den`, `so_chuyen_giao`, `so_sao_chup`, `thong_ke`)."""
        return _forms.register(self.rule(f"register.form.{code}"), code)

    def stamps(self) -> list[Stamp]:
        """All stamps, with their geometry where it is known."""
        return [_forms.stamp(r) for r in self.under("stamp.")]

    def stamp(self, code: str) -> Stamp:
        """One stamp (`tuyet_mat`, `giai_mat`, …)."""
        return _forms.stamp(self.rule(f"stamp.{code}"))

    def lists(self) -> list[SecretList]:
        """The lists of state secrets in force, with the items the program or the agency holds."""
        return list(self.rules.secret_lists)

    def prohibited_acts(self) -> list[Prohibited]:
        """The prohibited acts, those with a known clause first."""
        found = [
            Prohibited(r.value["number"], r.value["text"], r.citation, r.mark, r)
            for r in self.under("prohibited.")
            if r.value
        ]
        return sorted(found, key=lambda one: (one.number is None, one.number or 0))

    def penalties(self) -> list[Penalty]:
        """Administrative fines and criminal penalties."""
        return [
            Penalty(
                r.value["kind"],
                r.value["act"],
                r.value["least"],
                r.value["most"],
                r.value["unit"],
                r.value.get("says", ""),
                r.citation,
                r.mark,
                r,
            )
            for r in self.under("penalty.")
            if r.value
        ]

    def duties(self) -> list[Duty]:
        """Who must do what."""
        return [
            Duty(r.value["who"], r.value["text"], r.value.get("when", ""), r.citation, r.mark, r)
            for r in self.under("duty.")
            if r.value
        ]

    def checklist(self, name: str) -> Checklist:
        """A checklist of practice (`kiem_tra`, `loi_hay_gap`)."""
        return _forms.checklist(self.rule(f"checklist.{name}"), name)

    def annual_period(self, year: int) -> tuple[date, date]:
        """First and last day of the figures of the yearly report of `year`. Raises NotEncoded where unknown."""
        rule = self.rule("report.annual.period")
        if rule.value is None:
            raise NotEncoded("Chưa biết kỳ số liệu của báo cáo hằng năm.")
        start, end = rule.value["start"], rule.value["end"]
        return (
            date.fromisoformat(f"{year + rule.value['start_year']}-{start}"),
            date.fromisoformat(f"{year + rule.value['end_year']}-{end}"),
        )

    def _nothing(self) -> str:
        if self.encoded:
            return ""
        return (
            f"Chưa nhập quy định nào cho ngày {self.day:%d/%m/%Y}: phần mềm giữ quy định từ ngày "
            f"{_first_day():%d/%m/%Y}."
        )


def on(day: date, overlay: Overlay | Iterable[Mapping[str, Any]] = NO_OVERLAY) -> View:
    """The law of the day. The regime follows the day of the act, not the date of any document."""
    mine = overlay if isinstance(overlay, Overlay) else Overlay.of(overlay)
    number = bisect_right(_boundaries(), day)
    regime = next((r for r in library().regimes.values() if _covers(r.early_from, r.until, day)), None)
    if regime is None:
        return View(day, "", False, Span(), mine)
    rules = mine.over(number, day, _span(number))
    return View(day, regime.code, day < regime.since, rules, mine)


def regimes_between(start: date, end: date) -> list[str]:
    """The regimes under which acts of this span were done, oldest first: a report period may straddle two."""
    return [
        r.code
        for r in library().regimes.values()
        if r.early_from <= end and (r.until is None or r.until >= start)
    ]


def _covers(since: date, until: date | None, day: date) -> bool:
    return since <= day and (until is None or day <= until)


@lru_cache(maxsize=1)
def _boundaries() -> tuple[date, ...]:
    return tuple(boundaries(library()))


@lru_cache(maxsize=1)
def _first_day() -> date:
    return min(r.early_from for r in library().regimes.values())


@lru_cache(maxsize=256)
def _span(number: int) -> Span:
    """The rules between two days on which the law changes."""
    day = _boundaries()[number - 1] if number else date.min
    return Span((r.key, r) for several in library().versions.values() for r in several if r.in_force(day))
