"""Minutes (biên bản) on the screen and on paper: the form that asks for their words, and the document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from bmnn.office.core.minutes import MinutesRow
from bmnn.office.core.models import Unit
from bmnn.office.web.fields import ActForm, line_field, lines
from bmnn.office.web.paper import head
from bmnn.printing import Document, Head, Heading, Items, Paragraph, Signature

_BY_HAND = "(Ký, ghi rõ họ tên)"


def people_field(label: str) -> forms.CharField:
    """Persons, one a line."""
    return line_field(label, rows=3, help_text="Mỗi người một dòng: họ tên, chức vụ.")


class MinutesForm(ActForm):
    """The words of minutes. A room gives `team`, `present`, `conclusion` anew where its paper calls them otherwise."""

    place = line_field("Địa điểm")
    basis = line_field("Căn cứ", required=False, help_text="Quyết định, kế hoạch kiểm tra.")
    team = people_field("Thành phần lập biên bản")
    present = people_field("Người có mặt")
    conclusion = line_field("Kết luận, kiến nghị", required=False, rows=4)


def words(data: dict[str, Any]) -> dict[str, Any]:
    """What was typed, as `MinutesInput` takes it beside `of`."""
    people = {k: lines(data[k]) for k in ("team", "present")}
    return people | {k: data[k] for k in ("place", "basis", "conclusion")}


def minutes_head(unit: Unit, day: date, number: int) -> Head:
    """The head of minutes: «01/BB-UBND», a Party body's «01-BB/ĐU»."""
    version = unit.version_on(day)
    name = version.short_name if version and version.short_name else ""
    found = head(unit, day, "BB", f"{number:02d}")
    if not name:
        return found
    return head(unit, day, f"BB/{name}" if found.style == "party" else f"BB-{name}", f"{number:02d}")


def document(
    minutes: MinutesRow,
    unit: Unit,
    subject: str,
    opening: str,
    parties: tuple[str, str],
    body: Sequence[Any],
    signers: Sequence[str],
    mark: str = "",
) -> Document:
    """The paper: `opening` after «Hôm nay, ngày …, tại …», the two `parties` with their people, the room's `body` from
    its heading II on, and places for the signatures of `signers`."""
    team, present = parties
    return Document(
        head=minutes_head(unit, minutes.day, minutes.number),
        kind="BIÊN BẢN",
        subject=subject,
        basis=[f"Căn cứ {minutes.basis};"] if minutes.basis else [],
        body=[
            Paragraph(f"Hôm nay, ngày {minutes.day:%d/%m/%Y}, tại {minutes.place}, {opening}"),
            Heading("I. THÀNH PHẦN"),
            Paragraph(f"1. {team}:", bold=True),
            Items(minutes.team),
            Paragraph(f"2. {present}:", bold=True),
            Items(minutes.present),
            *body,
        ],
        signatures=tuple(Signature(who, note=_BY_HAND) for who in signers),
        mark=mark,
    )
