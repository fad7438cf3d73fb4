"""Tasks: giving, the list of one's own, one date with its history, reporting, reviewing, chasing, rating."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bmnn.law import vocabulary
from bmnn.office.core.access import see_or_404
from bmnn.office.core.models import Person, Unit
from bmnn.office.guidance import forms, letters, suggest
from bmnn.office.guidance.acts.change_day import ChangeDay
from bmnn.office.guidance.acts.close_due import CloseDue
from bmnn.office.guidance.acts.event_happened import EventHappened
from bmnn.office.guidance.acts.give_task import GiveTask
from bmnn.office.guidance.acts.report_done import Proof, ReportDone
from bmnn.office.guidance.acts.return_report import ReturnReport
from bmnn.office.guidance.acts.withdraw_task import WithdrawTask
from bmnn.office.guidance.coverage import chase, evaluation
from bmnn.office.guidance.figures import Figure, figures
from bmnn.office.guidance.models import Document, Due, PlanItem, Point
from bmnn.office.guidance.policies import at_home
from bmnn.office.guidance.views.documents import crumbs, kept_units
from bmnn.office.guidance.words import DATED, OWED
from bmnn.office.web.doing import act_page, fresh_key, viewer
from bmnn.office.web.fields import offer
from bmnn.office.web.paper import hand_out

# From the centre down: the order in which units are offered.
TIERS = list(vocabulary.TIERS)


def _giver(request: HttpRequest, home: Unit) -> Unit | None:
    """The unit in whose name the person gives the task: the document's own, else the first one kept."""
    kept = kept_units(request)
    return next((u for u in kept if u.pk == home.pk), kept[0] if kept else None)


@login_required
def give(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give a point to units; what the words name is ticked already."""
    point = see_or_404(request.user, Point, public_id)
    first = (point.deadlines or [{}])[0]
    day = viewer(request).day
    giver = _giver(request, point.document.unit)
    suggested = suggest.units(point.responsible, giver, day) if giver else []
    initial = {
        "units": [str(u.public_id) for u in suggested],
        "action": point.action,
        "deadline": first.get("kind", "none"),
        "day": date.fromisoformat(first["date"]) if first.get("date") else None,
        "period": (first.get("period") or [""])[0],
        "trigger": first.get("trigger") or "",
    }
    page = reverse("guidance:document", args=[point.document.public_id])
    about = f"{point.document}, {str(point).lower()}: {point.text}"
    return _give_page(request, giver, initial, about, page, point=point)


@login_required
def give_item(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give a line of the plan."""
    item = see_or_404(request.user, PlanItem, public_id)
    giver = _giver(request, item.plan.unit)
    suggested = suggest.units([item.lead], giver, viewer(request).day) if giver else []
    initial = {
        "units": [str(u.public_id) for u in suggested],
        "action": item.text,
        "deadline": "absolute" if item.due else "none",
        "day": item.due,
    }
    page = reverse("guidance:plan", args=[item.plan.public_id])
    return _give_page(request, giver, initial, f"{item.plan}: {item.text}", page, plan_item=item)


def _give_page(
    request: HttpRequest, giver: Unit | None, initial: dict[str, Any], about: str, page: str, **origin: Any
) -> HttpResponse:
    day = viewer(request).day
    found = Unit.objects.under(giver, day).on(day).order_by("fold") if giver else []
    below = sorted(found, key=lambda u: TIERS.index(u.tier) if u.tier in TIERS else len(TIERS))
    people = list(Person.objects.filter(posts__unit__in=below).distinct()[:500])
    form = forms.GiveForm(request.POST or None, initial={"key": fresh_key(), **initial})
    offer(form, "units", [(str(u.public_id), u.name) for u in below])
    offer(
        form,
        "person",
        [
            ("", "Cả đơn vị"),
            *((str(p.public_id), p.name) for p in people),
        ],
    )

    def make(data: dict[str, Any]) -> GiveTask:
        values = {k: data[k] for k in ("action", "deadline", "day", "period", "trigger")}
        if data["deadline"] not in DATED and data["deadline"] != "conditional" and data["day"] is None:
            values["day"] = None
        return GiveTask(
            GiveTask.Input(
                giver=giver or Unit(),
                units=tuple(u for u in below if str(u.public_id) in data["units"]),
                person=next((p for p in people if str(p.public_id) == data["person"]), None),
                **values,
                **origin,
            )
        )

    return act_page(
        request,
        form,
        make,
        back=lambda done: page,
        context={
            "title": GiveTask.title,
            "button": GiveTask.title,
            "about": about,
            "cancel": page,
            "help": "chi-dao",
            "crumbs": crumbs((GiveTask.title, "")),
        },
    )


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What my units and I owe, the nearest first; then what waits for my review."""
    who = viewer(request)
    visible = Due.objects.visible_to(request.user).select_related(
        "task", "task__giver", "task__person", "task__point__document", "task__plan_item__plan", "unit"
    )
    owed = visible.filter(Q(unit__in=at_home(who)) | Q(task__person=who.account.person_id), state__in=OWED)
    review = visible.filter(state="submitted", task__giver__in=[u.pk for u in kept_units(request)])
    context = {
        "title": "Việc được giao",
        "owed": [(d, d.days_late(who.day)) for d in owed.order_by("day", "id")[:200]],
        "waiting": visible.filter(unit__in=at_home(who), state="waiting").order_by("id")[:100],
        "review": [(d, d.days_late(who.day)) for d in review.order_by("submitted_on", "id")[:200]],
        "given": [
            (d, d.days_late(who.day))
            for d in visible.filter(task__giver__in=[u.pk for u in kept_units(request)], state__in=OWED)
            .exclude(state="submitted")
            .order_by("day", "id")[:200]
        ],
        "help": "viec-duoc-giao",
        "crumbs": crumbs(("Việc được giao", "")),
    }
    return render(request, "guidance/tasks.html", context)


@login_required
@require_GET
def late(request: HttpRequest) -> HttpResponse:
    """The chase list: what is past its date, the latest first."""
    who = viewer(request)
    rows = chase(Due.objects.visible_to(request.user), who.day)
    kept = {u.pk for u in kept_units(request)}
    context = {
        "title": "Việc quá hạn",
        "rows": [(due, days, due.task.giver_id in kept) for due, days in rows],
        "help": "viec-duoc-giao",
        "crumbs": crumbs(("Việc quá hạn", "")),
    }
    return render(request, "guidance/late.html", context)


@login_required
@require_GET
def rating(request: HttpRequest) -> HttpResponse:
    """Figures for the yearly rating: per unit what was due, done in time, late, returned."""
    who = viewer(request)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdigit() and 2000 <= int(asked) <= who.day.year else who.day.year
    scores = evaluation(Due.objects.visible_to(request.user), date(year, 1, 1), date(year, 12, 31), who.day)
    rows = [(s, _head(s.unit, min(date(year, 12, 31), who.day))) for s in scores]
    context = {
        "title": f"Số liệu đánh giá năm {year}",
        "year": year,
        "years": range(who.day.year, who.day.year - 5, -1),
        "rows": rows,
        "help": "viec-duoc-giao",
        "crumbs": crumbs(("Đánh giá", "")),
    }
    return render(request, "guidance/rating.html", context)


def _head(unit: Unit, day: date) -> str:
    from bmnn.office.core.models.organisation import in_force

    post = unit.posts.filter(in_force(day), deputy=False).select_related("person").order_by("id").first()
    return f"{post.person.name} ({post.title or 'người đứng đầu'})" if post else "chưa rõ"


def _due_context(one: Due, title: str, button: str = "") -> dict[str, Any]:
    page = reverse("guidance:due", args=[one.public_id])
    return {
        "title": title,
        "button": button or title,
        "about": f"{one.task.action} · {one.unit}",
        "cancel": page,
        "help": "viec-duoc-giao",
        "crumbs": crumbs(("Việc được giao", reverse("guidance:mine")), (title, "")),
    }


@login_required
@require_GET
def due(request: HttpRequest, public_id: str) -> HttpResponse:
    """One date: what is owed, by whom, on which words, the evidence and the history."""
    one = see_or_404(request.user, Due, public_id)
    who = viewer(request)
    kept = {u.pk for u in kept_units(request)}
    context = {
        "title": one.task.action,
        "due": one,
        "task": one.task,
        "late": one.days_late(who.day),
        "evidence": one.evidence.select_related("document"),
        "steps": one.steps.select_related("person"),
        "others": one.task.dues.exclude(pk=one.pk),
        "mine": one.unit_id in at_home(who) or one.task.person_id == who.account.person_id,
        "reviews": one.task.giver_id in kept and one.submitted_by_id != who.account.person_id,
        "gives": one.task.giver_id in kept,
        "help": "viec-duoc-giao",
        "crumbs": crumbs(("Việc được giao", reverse("guidance:mine")), (str(one.task)[:60], "")),
    }
    return render(request, "guidance/due.html", context)


@login_required
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Report with a document, figures of other rooms, or words."""
    one = see_or_404(request.user, Due, public_id)
    who = viewer(request)
    own = Document.objects.visible_to(request.user).filter(direction="issued", unit=one.unit_id)
    counted = {f.code: f for f in figures(one.unit, one.task.given_on, who.day)}
    form = forms.ReportForm(
        request.POST or None,
        initial={
            "key": fresh_key(),
            "figures": [c for c in suggest.figure_codes(one.task.action) if c in counted],
        },
    )
    offer(
        form,
        "document",
        [
            ("", "Không có"),
            *((str(d.public_id), f"{d} · {d.subject[:100]}") for d in own[:200]),
        ],
    )
    offer(
        form,
        "figures",
        [(f.code, f"{f.label}: {f.value}") for f in counted.values()],
    )
    return act_page(
        request,
        form,
        lambda data: ReportDone(ReportDone.Input(one, _proofs(data, own, counted))),
        back=lambda done: reverse("guidance:due", args=[one.public_id]),
        context=_due_context(one, ReportDone.title),
    )


def _proofs(data: dict[str, Any], own: Any, counted: dict[str, Figure]) -> tuple[Proof, ...]:
    found: list[Proof] = []
    document = own.filter(public_id=data["document"]).first() if data["document"] else None
    if data["reference"].strip() or document is not None:
        words = data["reference"].strip() or f"{document}"
        found.append(Proof("document", words, document))
    for code in data["figures"]:
        figure = counted[code]
        found.append(Proof("figure", f"{figure.label}: {figure.value}", None, figure.code, figure.value))
    if data["note"].strip():
        found.append(Proof("note", " ".join(data["note"].split())))
    return tuple(found)


@login_required
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Accept the evidence."""
    one = see_or_404(request.user, Due, public_id)
    return act_page(
        request,
        forms.WordsForm(request.POST or None, initial={"key": fresh_key()}),
        lambda data: CloseDue(CloseDue.Input(one, data["words"])),
        back=lambda done: reverse("guidance:due", args=[one.public_id]),
        context=_due_context(one, CloseDue.title),
    )


@login_required
def give_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the report with what is missing."""
    one = see_or_404(request.user, Due, public_id)
    return act_page(
        request,
        forms.ReasonForm(request.POST or None, initial={"key": fresh_key()}),
        lambda data: ReturnReport(ReturnReport.Input(one, data["reason"])),
        back=lambda done: reverse("guidance:due", args=[one.public_id]),
        context=_due_context(one, ReturnReport.title),
    )


@login_required
def change_day(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new date, by the giver, with a reason."""
    one = see_or_404(request.user, Due, public_id)
    return act_page(
        request,
        forms.ChangeDayForm(request.POST or None, initial={"key": fresh_key(), "day": one.day}),
        lambda data: ChangeDay(ChangeDay.Input(one, data["day"], data["reason"])),
        back=lambda done: reverse("guidance:due", args=[one.public_id]),
        context=_due_context(one, ChangeDay.title),
    )


@login_required
def happened(request: HttpRequest, public_id: str) -> HttpResponse:
    """The event has happened."""
    one = see_or_404(request.user, Due, public_id)
    return act_page(
        request,
        forms.HappenedForm(request.POST or None, initial={"key": fresh_key()}),
        lambda data: EventHappened(EventHappened.Input(one, data["what"], data["day"])),
        back=lambda done: reverse("guidance:due", args=[done.event.data["made"]]),
        context=_due_context(one, EventHappened.title),
    )


@login_required
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the task back."""
    one = see_or_404(request.user, Due, public_id)
    return act_page(
        request,
        forms.ReasonForm(request.POST or None, initial={"key": fresh_key()}),
        lambda data: WithdrawTask(WithdrawTask.Input(one.task, data["reason"])),
        back=lambda done: reverse("guidance:due", args=[one.public_id]),
        context=_due_context(one, WithdrawTask.title),
    )


@login_required
@require_GET
def reminder(request: HttpRequest, public_id: str) -> HttpResponse:
    """The reminder letter (DOCX) for a late date."""
    one = see_or_404(request.user, Due, public_id)
    who = viewer(request)
    return hand_out(request, letters.reminder(one, who.day), f"don-doc-{who.day:%Y%m%d}", "docx")
