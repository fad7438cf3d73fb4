"""A small law of the tests' own, in the documented shape of `law.on`, so that a rule here is a rule we set."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from bmnn import law
from bmnn.office.core import lawview
from tests.cast import Cast


class SmallLaw:
    """Heads decide every level; deputies by delegation only; one list with an item for each level."""

    def rule(self, key: str) -> Any:
        years = {"term.tuyet_mat": 30, "term.toi_mat": 20, "term.mat": 10}
        return SimpleNamespace(value=years.get(key), citation=f"Điều của {key}")

    def may(self, act: str, level: str, holder: Any) -> Any:
        allowed = holder.post in ("chu_tich_ubnd", "bi_thu", "giam_doc_so") and (
            not holder.deputy or holder.delegated
        )
        return SimpleNamespace(
            allowed=allowed,
            rule=SimpleNamespace(citation="Điều 10"),
            reason="Chức vụ này không có thẩm quyền xác định độ mật.",
        )

    def lists(self) -> Any:
        item = [
            SimpleNamespace(code=f"X.{i}", level=level, text=f"Mục {i}")
            for i, level in enumerate(("TUYET_MAT", "TOI_MAT", "MAT"), 1)
        ]
        return [SimpleNamespace(items=item)]

    def register(self, code: str) -> Any:
        return SimpleNamespace(version="2026")


@pytest.fixture(autouse=True)
def _small_law(monkeypatch: pytest.MonkeyPatch) -> None:
    def on(day: date) -> SmallLaw:
        return SmallLaw()

    monkeypatch.setattr(lawview, "law_on", on)
    monkeypatch.setattr(law, "Holder", SimpleNamespace, raising=False)


@pytest.fixture
def cast(db: None) -> Cast:
    """The persons, on 6 April 2026."""
    return Cast()
