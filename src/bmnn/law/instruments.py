"""Legal instruments by their number and symbol, as written in documents."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import lru_cache

from bmnn.law.load import library
from bmnn.law.model import Instrument


def instruments(symbol: str) -> list[Instrument]:
    """All instruments of this number and symbol, oldest first: the same symbol may name two documents.

    Blanks, case and the way of composing letters do not matter; `Đ` read as `D` is accepted where the exact
    symbol is unknown.
    """
    exact, loose = _index()
    wanted = _plain(symbol)
    return list(exact.get(wanted) or loose.get(_without_marks(wanted)) or ())


def instrument(symbol: str, day: date | None = None) -> Instrument | None:
    """The instrument of this number and symbol, or None when it is not known.

    Where several share the symbol: the one dated `day`, else the newest not later than `day`, else the newest.
    """
    found = instruments(symbol)
    if not found:
        return None
    if day is not None:
        for one in found:
            if one.issued == day:
                return one
        earlier = [one for one in found if one.issued is not None and one.issued <= day]
        if earlier:
            return earlier[-1]
    return found[-1]


def _plain(symbol: str) -> str:
    return "".join(unicodedata.normalize("NFC", symbol).split()).casefold()


def _without_marks(symbol: str) -> str:
    decomposed = unicodedata.normalize("NFD", symbol.replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def _index() -> tuple[dict[str, tuple[Instrument, ...]], dict[str, tuple[Instrument, ...]]]:
    exact: dict[str, tuple[Instrument, ...]] = {}
    loose: dict[str, tuple[Instrument, ...]] = {}
    for one in sorted(library().instruments.values(), key=lambda i: i.issued or date.min):
        plain = _plain(one.symbol)
        exact[plain] = (*exact.get(plain, ()), one)
        folded = _without_marks(plain)
        loose[folded] = (*loose.get(folded, ()), one)
    return exact, loose
