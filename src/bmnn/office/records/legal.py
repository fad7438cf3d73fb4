"""What the registers ask the law: authority, list items, terms, forms, the article behind each duty."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bmnn.office.core.act import Refusal
from bmnn.office.core.models import Post, UnitVersion
from bmnn.office.records.words import LEVELS


@dataclass(frozen=True)
class ListItem:
    """An item of a list of state secrets, or why it cannot be used."""

    text: str = ""
    refusals: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True)
class Term:
    """The last day of protection and the rule that says so."""

    until: date
    citation: str


@dataclass(frozen=True)
class Basis:
    """The article behind a duty; `unchecked`: its rule still waits to be compared with the original."""

    citation: str
    unchecked: bool

    def __str__(self) -> str:
        return self.citation


# Which rule of the law stands behind each duty of the registers.
_RULES = {
    "registers": "registers.out",
    "register_out": "registers.out",
    "register_in": "registers.in",
    "levels": "levels",
    "no_summary": "register.summary_of_tuyet_mat",
    "proposal": "determine.proposal",
    "authority": "determine.authority",
    "hand_over": "registers.hand_over",
    "wrong_delivery": "registers.wrong_delivery",
    "list": "determine.list",
    "numbers": "numbering.own_series",
    "order": "numbering.order",
    "print": "registers.print_and_bind",
    "term": "term.start",
}


def citation(view: Any, key: str) -> str:
    """The article behind a duty; empty where the law of the day has no such rule."""
    return basis(view, key).citation


def basis(view: Any, key: str) -> Basis:
    """The article behind a duty and whether it was compared with the original."""
    try:
        rule = view.rule(_RULES[key])
    except LookupError:
        return Basis("", False)
    return Basis(str(rule.citation), bool(rule.unverified))


def decide(
    view: Any, act: str, level: str, unit: UnitVersion, post: Post, *, delegated: bool
) -> tuple[bool, str, str]:
    """(allowed, why, article) for the holder of a post. Other series than state secrets: the head decides."""
    from bmnn import law

    if not level:
        return (not post.deputy or delegated, "Chỉ người đứng đầu hoặc cấp phó được ủy quyền quyết định.", "")
    holder = law.Holder(
        body_type=unit.kind, tier=unit.tier, post=post.post, deputy=post.deputy, delegated=delegated
    )
    answer = view.may(act, level, holder)
    rule = getattr(answer.rule, "citation", "") if answer.rule is not None else ""
    return bool(answer.allowed), str(answer.reason), str(rule)


def find_list_item(view: Any, code: str, level: str) -> ListItem:
    """The item of the lists in force on the day. Classifying outside the lists is refused."""
    for item in all_list_items(view):
        if item.code == code:
            if level and item.level != level:
                return ListItem(
                    refusals=[
                        Refusal(
                            "level",
                            f"Mục {code} là độ {LEVELS[item.level]}, không phải {LEVELS[level]}.",
                            citation(view, "list"),
                        )
                    ]
                )
            return ListItem(text=item.text)
    return ListItem(
        refusals=[
            Refusal(
                "list_code",
                "Không xác định bí mật nhà nước ngoài danh mục. Hãy chọn đúng mục danh mục đang có hiệu lực.",
                citation(view, "list"),
            )
        ]
    )


def level_of(view: Any, code: str) -> str:
    """The level of an item of the lists; "" where there is no such item."""
    return next((str(i.level) for i in all_list_items(view) if i.code == code), "")


def all_list_items(view: Any) -> list[Any]:
    """Every item of every list in force."""
    return [item for one in view.lists() for item in one.items]


def term_end(view: Any, level: str, start: date) -> Term:
    """The last day of protection of a level determined on `start`."""
    rule = view.rule(f"term.{level.lower()}")
    years = int(rule.value)
    try:
        until = start.replace(year=start.year + years)
    except ValueError:  # 29 February
        until = start.replace(year=start.year + years, day=28)
    return Term(until, str(rule.citation))


def form_version(view: Any, code: str) -> str:
    """The version of the form of a register in force on the day."""
    return str(view.register(code).version)
