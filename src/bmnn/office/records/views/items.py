"""An item: its page, and the acts that are done to it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bmnn.office.core.access import see_or_404
from bmnn.office.core.lawview import law_on
from bmnn.office.core.models import Post, Unit
from bmnn.office.core.models.organisation import in_force
from bmnn.office.records import forms, history, legal, listing, suggest
from bmnn.office.records.acts.acknowledge import Acknowledge
from bmnn.office.records.acts.determine import Determine
from bmnn.office.records.acts.hand_over import HandOver
from bmnn.office.records.acts.propose_level import ProposeLevel
from bmnn.office.records.acts.refuse import Refuse
from bmnn.office.records.acts.register_out import RegisterOut
from bmnn.office.records.acts.return_wrong import ReturnWrong
from bmnn.office.records.models import Book, Copy, Item, Proposal
from bmnn.office.records.views.doing import act_page, fresh_key, law_words, looked, no_book, viewer


@login_required
@require_GET
def item(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything about one item: what it is, where each copy is now, who did what, when, on what ground."""
    one = see_or_404(request.user, Item, public_id)
    looked(request, "item", one.public_id)
    who = viewer(request)
    keeps = one.unit_id in who.units("van_thu")
    waiting = one.proposals.filter(status="waiting").first()
    context: dict[str, Any] = {
        "item": one,
        "title": str(one),
        "today": who.day,
        "keeps": keeps,
        "decides": waiting if waiting and one.unit_id in who.units("thu_truong") else None,
        "person": request.user.person_id,
        "copies": one.copies.select_related("holder_person", "holder_unit"),
        "entries": one.entries.select_related("book").order_by("pk"),
        "steps": history.steps(one),
        "readers": history.readers(one) if keeps or one.unit_id in who.units("thu_truong") else None,
        "crumbs": [("Hồ sơ", ""), (str(one), "")],
        "help": "so-dang-ky",
    }
    return render(request, "records/item.html", context)


def _page_of(one: Item) -> str:
    return reverse("records:item", args=[one.public_id])


@login_required
def propose(request: HttpRequest) -> HttpResponse:
    """A drafter proposes; the item of the lists is searched for beside the form."""
    who = viewer(request)
    units = Unit.objects.filter(pk__in=who.own_units)
    if not units.exists() or who.roles("quan_tri"):
        raise Http404
    form = forms.ProposeForm(request.POST or None, initial={"key": fresh_key()})
    form.fields["unit"].choices = [(str(u.public_id), u.name) for u in units]
    text = request.POST.get("tim", "")
    chosen = request.POST.get("list_code", "")
    context = {
        "title": ProposeLevel.title,
        "button": ProposeLevel.title,
        "tim": text,
        "options": listing.find(text, chosen),
        "chosen": chosen,
        "help": "xac-dinh-do-mat",
        **law_words("proposal"),
    }
    if "tim-muc" in request.POST:
        # The button "Tìm" without a script: the form comes back as typed, nothing is judged.
        shown = forms.ProposeForm(initial={**request.POST.dict(), "key": fresh_key()})
        shown.fields["unit"].choices = form.fields["unit"].choices
        return render(request, "records/propose.html", {"form": shown, **context})

    def make(data: dict[str, Any]) -> ProposeLevel:
        values = {k: data[k] for k in data if k not in ("key", "unit", "recipients", "level")}
        level = data["level"]
        if data["series"] == "bmnn" and not level:
            level = legal.level_of(law_on(timezone.localdate()), data["list_code"])
        return ProposeLevel(
            ProposeLevel.Input(
                unit=units.get(public_id=data["unit"]),
                recipients=tuple(data["recipients"].splitlines()),
                level=level,
                **values,
            )
        )

    return act_page(
        request,
        form,
        make,
        back=lambda done: reverse("records:item", args=[done.event.data["item"]]),
        context=context,
        template="records/propose.html",
    )


@login_required
@require_POST
def list_items(request: HttpRequest) -> HttpResponse:
    """Items of the lists of secrets that hold the typed words (without marks): the part of the page below the
    search box."""
    chosen = request.POST.get("list_code", "")
    context = {"options": listing.find(request.POST.get("tim", ""), chosen), "chosen": chosen}
    return render(request, "records/_list_items.html", context)


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
    secret = one.item.series == "bmnn"
    if not secret:
        del form.fields["term_until"]
    return act_page(
        request,
        form,
        lambda data: make({"term_until": None, **data}),
        back=lambda done: reverse("records:queue"),
        context={
            "title": Determine.title,
            "proposal": one,
            "listed": listing.one(one.list_code),
            "term": legal.term_end(law_on(timezone.localdate()), one.level, timezone.localdate())
            if secret
            else None,
            "own": one.drafter_id == request.user.person_id,
            "crumbs": [("Chờ xác định độ mật", reverse("records:queue")), (str(one.item), "")],
            "help": "xac-dinh-do-mat",
            **law_words("authority"),
        },
        template="records/decide.html",
    )


@login_required
def register_out(request: HttpRequest, public_id: str) -> HttpResponse:
    """The clerk registers an item out; what is known already is filled in."""
    one = see_or_404(request.user, Item, public_id)
    today = timezone.localdate()
    book = Book.objects.filter(unit=one.unit, code="so_di", series=one.series, year=today.year).first()
    if book is None:
        return no_book(request, f"Chưa mở sổ đi năm {today.year} của {one.unit.name}.")
    decided = one.proposals.filter(status="determined").select_related("decider").first()
    initial = {
        "key": fresh_key(),
        "symbol": suggest.symbol(one, book),
        "document_day": f"{today:%d/%m/%Y}",
        "signer": decided.decider.name if decided and decided.decider else "",
        "keeper": "Văn thư",
    }
    form = forms.RegisterOutForm(request.POST or None, level=one.level, initial=initial)

    def make(data: dict[str, Any]) -> RegisterOut:
        values = {k: data[k] for k in ("symbol", "document_day", "signer", "keeper", "note")}
        return RegisterOut(RegisterOut.Input(one, book, abstract=data.get("abstract", ""), **values))

    return act_page(
        request,
        form,
        make,
        back=lambda done: _page_of(one),
        context={
            "title": f"{RegisterOut.title}: {one}",
            "item": one,
            "button": RegisterOut.title,
            "following": suggest.next_numbers(book, one),
            "cancel": _page_of(one),
            "help": "so-dang-ky",
            **law_words("register_out"),
        },
        template="records/form.html",
    )


@login_required
def hand_over(request: HttpRequest, public_id: str) -> HttpResponse:
    """The clerk hands a copy over."""
    one = see_or_404(request.user, Copy, public_id)
    unit, today = one.item.unit, timezone.localdate()
    book = Book.objects.filter(
        unit=unit, code="so_chuyen_giao", series=one.item.series, year=today.year
    ).first()
    if book is None:
        return no_book(request, f"Chưa mở sổ chuyển giao năm {today.year} của {unit.name}.")
    posts = Post.objects.filter(in_force(today), unit=unit).select_related("person").order_by("person__sort")
    people = {str(p.person.public_id): p.person for p in posts}
    form = forms.HandOverForm(request.POST or None, initial={"key": fresh_key()})
    form.fields["to_person"].choices = [("", "Chọn người nhận")] + [
        (str(p.person.public_id), f"{p.person.name}, {p.title or 'công chức'}") for p in posts
    ]

    def make(data: dict[str, Any]) -> HandOver:
        person = people.get(data["to_person"])
        return HandOver(
            HandOver.Input(one, book, to_person=person, to_text=data["to_text"], note=data["note"])
        )

    return act_page(
        request,
        form,
        make,
        back=lambda done: _page_of(one.item),
        context={
            "title": f"{HandOver.title} {str(one).lower()}: {one.item}",
            "item": one.item,
            "button": HandOver.title,
            "about": f"Bản này đang ở: {one.holder}. Người nhận ký nhận sau khi kiểm tra bì và số bản.",
            "cancel": _page_of(one.item),
            "help": "giao-nhan",
            **law_words("hand_over"),
        },
        template="records/form.html",
    )


@login_required
def acknowledge(request: HttpRequest, public_id: str) -> HttpResponse:
    """The taker signs; the clerk writes down who signed outside."""
    one = see_or_404(request.user, Copy, public_id)
    form = forms.AcknowledgeForm(request.POST or None, initial={"key": fresh_key()})
    if one.holder_person_id is not None:
        del form.fields["signed_by"]
    return act_page(
        request,
        form,
        lambda data: Acknowledge(Acknowledge.Input(one, data.get("signed_by", ""))),
        back=lambda done: _page_of(one.item),
        context={
            "title": f"{Acknowledge.title} {str(one).lower()}: {one.item}",
            "item": one.item,
            "button": Acknowledge.title,
            "about": "Chỉ ký nhận khi đã kiểm tra bì còn nguyên, đúng nơi nhận, đúng số bản.",
            "cancel": _page_of(one.item),
            "help": "giao-nhan",
            **law_words("hand_over"),
        },
        template="records/form.html",
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
        back=lambda done: reverse("records:receipts") if one.holder_person_id else _page_of(one.item),
        context={
            "title": f"{ReturnWrong.title}, {str(one).lower()}: {one.item}",
            "item": one.item,
            "button": ReturnWrong.title,
            "cancel": _page_of(one.item),
            "help": "giao-nhan",
            **law_words("wrong_delivery"),
        },
        template="records/form.html",
    )
