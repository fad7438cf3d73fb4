"""The history of an item in words: who did what, when, on what ground."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from bmnn.office.core.act import ACTS, numbers_of
from bmnn.office.core.clock import moment_of
from bmnn.office.core.lawview import law_on
from bmnn.office.core.models import Account, Event, Reading
from bmnn.office.records import legal
from bmnn.office.records.acts.correct import FIELDS
from bmnn.office.records.models import Copy, Item
from bmnn.office.records.words import LEVELS, SERIES


@dataclass(frozen=True)
class Step:
    """One step: the hour, the person, what was done, the article on which it rests."""

    at: datetime
    who: str
    what: str
    law: legal.Basis


@dataclass(frozen=True)
class _Names:
    """What a sentence may need: the copies of the item by their public id."""

    copies: dict[str, Copy]

    def copy(self, public_id: str) -> str:
        found = self.copies.get(public_id)
        return f"bản số {found.number}" if found else "một bản"


def _level(body: dict[str, Any]) -> str:
    return LEVELS.get(body.get("level", ""), "") or SERIES.get(body.get("series", ""), "")


def _numbers(event: Event) -> str:
    return ", ".join(f"{label.lower()} {value:02d}" for label, value in numbers_of(event).items())


def _proposed(event: Event, names: _Names) -> str:
    body = event.data
    listed = f", mục danh mục {body['list_code']}" if body["list_code"] else ""
    copying = "được sao, chụp" if body["copying"] else "không được sao, chụp"
    return (
        f"đề xuất {_level(body)}{listed}; nơi nhận: {'; '.join(body['recipients'])}; "
        f"{body['copies']} bản; {copying}"
    )


def _determined(event: Event, names: _Names) -> str:
    body = event.data
    until = (
        f", thời hạn bảo vệ đến {date.fromisoformat(body['term_until']):%d/%m/%Y}"
        if body["term_until"]
        else ""
    )
    return f"quyết định đúng như đề xuất{until}; thẩm quyền: {body['basis'].rstrip('; ')}"


def _handed(event: Event, names: _Names) -> str:
    body = event.data
    taker = body["to_text"] or "người nhận ghi trong sổ"
    if body["to_person"]:
        from bmnn.office.core.models import Person

        taker = Person.objects.get(public_id=body["to_person"]).name
    return f"chuyển giao {names.copy(body['copy'])} từ {body['giver']} cho {taker} ({_numbers(event)})"


def _corrected(event: Event, names: _Names) -> str:
    body = event.data
    name = FIELDS[body["field"]][0]
    return f"đính chính {name}: «{body['before']}» thành «{body['value']}»; lý do: {body['reason']}"


_SAID: dict[str, tuple[str, Callable[[Event, _Names], str]]] = {
    "records.propose_level": ("proposal", _proposed),
    "records.determine": ("authority", _determined),
    "records.refuse": ("authority", lambda e, n: f"không chấp nhận đề xuất: {e.data['answer']}"),
    "records.register_out": ("register_out", lambda e, n: f"đăng ký đi ({_numbers(e)})"),
    "records.register_in": ("register_in", lambda e, n: f"đăng ký đến từ {e.data['issuer']} ({_numbers(e)})"),
    "records.enter_old_line": (
        "registers",
        lambda e, n: f"nhập lại từ sổ giấy, số thứ tự {e.data['order_no']:02d}",
    ),
    "records.hand_over": ("hand_over", _handed),
    "records.acknowledge": (
        "hand_over",
        lambda e, n: (
            f"ký nhận {n.copy(e.data['copy'])}"
            + (f", người ký: {e.data['signed_by']}" if e.data["signed_by"] else "")
        ),
    ),
    "records.return_wrong": (
        "wrong_delivery",
        lambda e, n: f"trả lại {n.copy(e.data['copy'])} vì gửi nhầm: {e.data['reason']}",
    ),
    "records.correct": ("registers", _corrected),
    "records.void_number": ("registers", lambda e, n: f"hủy số {e.data['number']:02d}: {e.data['reason']}"),
}


def steps(item: Item) -> list[Step]:
    """Everything that was done to the item, the oldest first."""
    events = Event.objects.filter(pk__in=item.traces.values("event")).order_by("id")
    names = _Names({str(c.public_id): c for c in item.copies.all()})
    found = list(events)
    people = {
        str(a.public_id): a.person.name
        for a in Account.objects.filter(public_id__in={e.actor for e in found if e.actor}).select_related(
            "person"
        )
    }
    return [_step(event, people.get(event.actor, "Hệ thống"), names) for event in found]


def _step(event: Event, who: str, names: _Names) -> Step:
    key, say = _SAID.get(event.act, ("", lambda e, n: ACTS[e.act].title.lower() if e.act in ACTS else e.act))
    law = legal.basis(law_on(date.fromisoformat(event.day)), key) if key else legal.Basis("", False)
    return Step(timezone.localtime(moment_of(event.at)), who, say(event, names), law)


def readers(item: Item) -> list[Reading]:
    """Who looked at the item lately."""
    return list(
        Reading.objects.filter(target=item.public_id).select_related("account__person").order_by("-id")[:20]
    )
