"""An item: its page, and the acts that are done to it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bmnn.office.core.access import see_or_404
from bmnn.office.core.lawview import law_on
from bmnn.office.core.models import Person, Unit
from bmnn.office.records import forms, legal
from bmnn.office.records.acts.acknowledge import Acknowledge
from bmnn.office.records.acts.determine import Determine
from bmnn.office.records.acts.hand_over import HandOver
from bmnn.office.records.acts.propose_level import ProposeLevel
from bmnn.office.records.acts.refuse import Refuse
from bmnn.office.records.acts.register_out import RegisterOut
from bmnn.office.records.acts.return_wrong import ReturnWrong
from bmnn.office.records.models import Book, Copy, Custody, Item, Proposal
from bmnn.office.records.views.doing import act_page, fresh_key, looked, viewer
from bmnn.office.records.words import LEVELS


@login_required
@require_GET
def item(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything about one item: what it is, its proposals, copies, who did what and when."""
    one = see_or_404(request.user, Item, public_id)
    looked(request, "item", one.public_id)
    context: dict[str, Any] = {
        "item": one,
        "title": str(one),
        "proposals": one.proposals.select_related("drafter", "decider"),
        "copies": one.copies.select_related("holder_person", "holder_unit"),
        "entries": one.entries.select_related("book"),
        "chain": Custody.objects.filter(copy__item=one).select_related("copy"),
    }
    return render(request, "records/item.html", context)


def _page_of(one: Item) -> str:
    return reverse("records:item", args=[one.public_id])


@login_required
def propose(request: HttpRequest) -> HttpResponse:
    """A drafter proposes."""
    units = Unit.objects.filter(pk__in=viewer(request).own_units)
    form = forms.ProposeForm(request.POST or None, initial={"key": fresh_key()})
    form.fields["unit"].choices = [(str(u.public_id), u.name) for u in units]
    items = legal.all_list_items(law_on(timezone.localdate()))
    form.fields["list_code"].choices = [("", "Không thuộc danh mục")] + [
        (i.code, f"{i.code} ({LEVELS[i.level]}): {i.text[:140]}") for i in items
    ]

    def make(data: dict[str, Any]) -> ProposeLevel:
        values = {k: data[k] for k in data if k not in ("key", "unit", "recipients")}
        return ProposeLevel(
            ProposeLevel.Input(
                unit=units.get(public_id=data["unit"]),
                recipients=tuple(data["recipients"].splitlines()),
                **values,
            )
        )

    return act_page(
        request,
        form,
        make,
        back=lambda done: reverse("records:item", args=[done.event.data["item"]]),
        context={"title": ProposeLevel.title, "button": ProposeLevel.title},
        template="records/propose.html",
    )


@login_required
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """A leader determines or refuses."""
    one = see_or_404(request.user, Proposal, public_id)
    form = forms.DecideForm(request.POST or None, initial={"key": fresh_key(), "digest": one.digest})

    def make(data: dict[str, Any]) -> Determine | Refuse:
        if request.POST.get("what") == "refuse":
            return Refuse(Refuse.Input(one, data["digest"], data["answer"]))
        return Determine(Determine.Input(one, data["digest"], data["term_until"], data["answer"]))

    looked(request, "proposal", one.public_id)
    return act_page(
        request,
        form,
        make,
        back=lambda done: reverse("records:queue"),
        context={"title": Determine.title, "proposal": one, "button": Determine.title},
        template="records/decide.html",
    )


@login_required
def register_out(request: HttpRequest, public_id: str) -> HttpResponse:
    """The clerk registers an item out."""
    one = see_or_404(request.user, Item, public_id)
    year = timezone.localdate().year
    book = Book.objects.filter(unit=one.unit, code="so_di", series=one.series, year=year).first()
    form = forms.RegisterOutForm(request.POST or None, level=one.level, initial={"key": fresh_key()})
    if book is None:
        return _no_book(request, f"Chưa mở sổ đi năm {year} của {one.unit.name}.")

    def make(data: dict[str, Any]) -> RegisterOut:
        values = {k: data[k] for k in ("symbol", "document_day", "signer", "keeper", "note")}
        return RegisterOut(RegisterOut.Input(one, book, abstract=data.get("abstract", ""), **values))

    return act_page(
        request,
        form,
        make,
        back=lambda done: _page_of(one),
        context={"title": RegisterOut.title, "item": one, "button": RegisterOut.title},
    )


def _no_book(request: HttpRequest, words: str) -> HttpResponse:
    return render(request, "records/no_book.html", {"title": "Chưa có sổ", "words": words}, status=409)


@login_required
def hand_over(request: HttpRequest, public_id: str) -> HttpResponse:
    """The clerk hands a copy over."""
    one = see_or_404(request.user, Copy, public_id)
    unit, today = one.item.unit, timezone.localdate()
    book = Book.objects.filter(
        unit=unit, code="so_chuyen_giao", series=one.item.series, year=today.year
    ).first()
    if book is None:
        return _no_book(request, f"Chưa mở sổ chuyển giao năm {today.year} của {unit.name}.")
    people = Person.objects.filter(posts__unit=unit).distinct()
    form = forms.HandOverForm(request.POST or None, initial={"key": fresh_key()})
    form.fields["to_person"].choices = [("", "Chọn người nhận")] + [
        (str(p.public_id), p.name) for p in people
    ]

    def make(data: dict[str, Any]) -> HandOver:
        person = people.filter(public_id=data["to_person"]).first() if data["to_person"] else None
        return HandOver(
            HandOver.Input(one, book, to_person=person, to_text=data["to_text"], note=data["note"])
        )

    return act_page(
        request,
        form,
        make,
        back=lambda done: _page_of(one.item),
        context={"title": HandOver.title, "item": one.item, "button": HandOver.title},
    )


@login_required
def acknowledge(request: HttpRequest, public_id: str) -> HttpResponse:
    """The taker signs."""
    one = see_or_404(request.user, Copy, public_id)
    form = forms.AcknowledgeForm(request.POST or None, initial={"key": fresh_key()})
    return act_page(
        request,
        form,
        lambda data: Acknowledge(Acknowledge.Input(one, data["signed_by"])),
        back=lambda done: _page_of(one.item),
        context={"title": Acknowledge.title, "item": one.item, "button": Acknowledge.title},
    )


@login_required
def return_wrong(request: HttpRequest, public_id: str) -> HttpResponse:
    """A wrong delivery goes back."""
    one = see_or_404(request.user, Copy, public_id)
    form = forms.ReasonForm(request.POST or None, initial={"key": fresh_key()})
    return act_page(
        request,
        form,
        lambda data: ReturnWrong(ReturnWrong.Input(one, data["reason"])),
        back=lambda done: _page_of(one.item) if one.item.unit_id else reverse("records:shelf"),
        context={"title": ReturnWrong.title, "item": one.item, "button": ReturnWrong.title},
    )
