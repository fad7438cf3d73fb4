"""How a room appears in the site: its entries in the menu, its cards on the page "Hôm nay".

A room writes `menu.py` with `MENU: list[MenuItem]` and `today.py` with `cards(viewer) -> list[Card]`; both are
found by their names when the site starts, no list of rooms is kept anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from bmnn.office.core.access import Viewer
from bmnn.office.core.rooms import modules

# The headings of the menu, in their order. A MenuItem names one of them.
GROUPS = ("Sổ và hồ sơ", "Con người", "Thiết bị", "Chỉ đạo", "Kiểm tra", "Báo cáo", "Hệ thống")

Tone = Literal["plain", "soon", "late", "done"]


def _everyone(viewer: Viewer) -> bool:
    return True


@dataclass(frozen=True)
class MenuItem:
    """One entry of the menu.

    `url` is the name of an address without arguments ("records:shelf"); `group` one of GROUPS; `order` its
    place in the group (small first); `shown` says who sees it (the page itself must check access all the same).
    """

    label: str
    url: str
    group: str
    order: int = 100
    shown: Callable[[Viewer], bool] = _everyone

    def __post_init__(self) -> None:
        if self.group not in GROUPS:
            raise ValueError(f"nhóm thực đơn không có: {self.group}")


@dataclass(frozen=True)
class Line:
    """One line of a card: what it is about, the address it opens ("" for none), the day or count at its end.

    A line must be writable on a screen that others may glance at: never a summary (trích yếu).
    """

    text: str
    url: str = ""
    note: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True)
class Card:
    """One card of "Hôm nay": a duty of the viewer, how many wait, the first few of them.

    `count` None means "not known", never shown as zero. `url` is the whole address that lists everything the
    count counts; `empty` what to say and do when there is nothing; `law` the article the duty rests on;
    `first_step` marks a card that tells a new agency what to do first (shown on top while count is 0);
    `svg` a small chart from `bmnn.office.web.charts`.
    """

    title: str
    count: int | None = None
    url: str = ""
    lines: tuple[Line, ...] = ()
    tone: Tone = "plain"
    empty: str = ""
    law: str = ""
    order: int = 100
    first_step: str = ""
    svg: str = ""


Cards = Callable[[Viewer], list[Card]]
_MENU: list[MenuItem] = []
_CARDS: list[Cards] = []


def discover() -> None:
    """Import `menu.py` and `today.py` of every room of the office. A broken one stops the start, with its name."""
    _MENU.clear()
    _CARDS.clear()
    for _, module in modules("menu"):
        _MENU.extend(module.MENU)
    for _, module in modules("today"):
        _CARDS.append(module.cards)
    _MENU.sort(key=lambda item: (GROUPS.index(item.group), item.order, item.label))


def menu(viewer: Viewer) -> dict[str, list[MenuItem]]:
    """The entries the viewer sees, by group; groups without an entry are left out."""
    groups: dict[str, list[MenuItem]] = {}
    for item in _MENU:
        if item.shown(viewer):
            groups.setdefault(item.group, []).append(item)
    return groups


def cards(viewer: Viewer) -> list[Card]:
    """Every room's cards for the viewer: what a new agency must do first, then what is late, soon, and the rest."""
    rank = {"late": 0, "soon": 1, "plain": 2, "done": 3}
    found: Iterator[Card] = (card for source in _CARDS for card in source(viewer))

    def place(card: Card) -> tuple[bool, int, int, str]:
        return not (card.first_step and not card.count), rank[card.tone], card.order, card.title

    return sorted(found, key=place)
