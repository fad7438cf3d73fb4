"""The steps of the story, each as one act, with values that may be changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from bmnn import law
from bmnn.office.core.models import Account
from bmnn.office.records import legal
from bmnn.office.records.acts.determine import Determine
from bmnn.office.records.acts.open_book import OpenBook
from bmnn.office.records.acts.propose_level import ProposeLevel
from bmnn.office.records.acts.register_in import RegisterIn
from bmnn.office.records.acts.register_out import RegisterOut
from bmnn.office.records.models import Book, Item, Proposal
from tests.cast import Cast


def listed(level: str, day: date = date(2026, 4, 6)) -> str:
    """The code of an item of the level in the lists in force on the day."""
    return next((i.code for i in legal.all_list_items(law.on(day)) if i.level == level), "")


def open_book(cast: Cast, code: str, **values: Any) -> Book:
    done = cast.do(OpenBook(OpenBook.Input(cast.unit, code, **values)), cast.van_thu)
    return Book.objects.get(public_id=done.event.data["book"])


def propose(cast: Cast, level: str = "MAT", actor: Account | None = None, **values: Any) -> Proposal:
    given: dict[str, Any] = {
        "unit": cast.unit,
        "kind": "document",
        "series": "bmnn",
        "level": level,
        "list_code": listed(level),
        "doc_type": "Kế hoạch",
        "draft_ref": "DT-01/VP",
        "recipients": ("Công an tỉnh", "Văn phòng"),
        "copies": 2,
        "copying": False,
    }
    act = ProposeLevel(ProposeLevel.Input(**{**given, **values}))
    done = cast.do(act, actor or cast.soan_thao)
    return Proposal.objects.get(public_id=done.event.data["proposal"])


def determine(cast: Cast, proposal: Proposal, actor: Account | None = None, **values: Any) -> Item:
    act = Determine(Determine.Input(proposal, proposal.digest, **values))
    cast.do(act, actor or cast.thu_truong)
    return Item.objects.get(pk=proposal.item_id)


def register_out(cast: Cast, item: Item, book: Book, actor: Account | None = None, **values: Any) -> Any:
    given: dict[str, Any] = {
        "symbol": "KH-UBND",
        "document_day": date(2026, 4, 6),
        "abstract": "" if item.level == "TUYET_MAT" else "Phương án bảo vệ",
        "signer": "Lê Văn Trưởng",
        "keeper": "Văn thư",
    }
    return cast.do(RegisterOut(RegisterOut.Input(item, book, **{**given, **values})), actor or cast.van_thu)


def register_in(cast: Cast, book: Book, **values: Any) -> Any:
    given: dict[str, Any] = {
        "level": "MAT",
        "issuer": "Công an tỉnh Mẫu",
        "reference": "15/KH-CAT",
        "document_day": date(2026, 4, 1),
        "arrived": date(2026, 4, 6),
        "doc_type": "Kế hoạch",
        "abstract": "Kiểm tra định kỳ",
        "receiver": "Văn phòng",
    }
    return cast.do(RegisterIn(RegisterIn.Input(book, **{**given, **values})), cast.van_thu)
