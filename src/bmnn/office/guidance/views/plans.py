"""The annual plan: list, draft, one plan, approval, paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bmnn.office.core.access import see_or_404
from bmnn.office.core.engine import Refused, perform
from bmnn.office.guidance import forms, letters
from bmnn.office.guidance.acts.approve_plan import ApprovePlan
from bmnn.office.guidance.acts.draft_plan import DraftPlan, Line
from bmnn.office.guidance.coverage import STATES, state_of_due, worst
from bmnn.office.guidance.drafting import first_draft
from bmnn.office.guidance.models import Due, Plan, PlanItem
from bmnn.office.guidance.views.documents import crumbs, kept_units
from bmnn.office.guidance.views.sources import home_units
from bmnn.office.web.doing import act_page, fresh_key, viewer
from bmnn.office.web.paper import hand_out
from bmnn.vietnamese import FieldError, parse_date

_COLUMNS = ("group", "text", "lead", "helpers", "when", "due", "product", "cost", "origin")
MAX_LINES = 300


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Plans of the person's units and those below."""
    context = {
        "title": "Kế hoạch năm",
        "plans": Plan.objects.visible_to(request.user).select_related("unit")[:100],
        "may_draft": bool(home_units(request)),
        "help": "ke-hoach-nam",
        "crumbs": crumbs(("Kế hoạch năm", "")),
    }
    return render(request, "guidance/plans.html", context)


@login_required
def draft(request: HttpRequest) -> HttpResponse:
    """Draft the plan of a year; the first draft stands in the table and is rewritten there."""
    units = home_units(request)
    today = viewer(request).day
    unit = next((u for u in units if str(u.public_id) == _sent(request, "unit")), units[0] if units else None)
    asked = _sent(request, "year")
    year = int(asked) if asked.isdigit() else today.year + (today.month >= 10)
    errors: list[str] = []
    lines = _posted(request, errors) if request.method == "POST" else []
    goals = request.POST.get("goals", "")
    if request.method == "GET" and unit is not None:
        last = Plan.objects.visible_to(request.user).filter(unit=unit, year=year, state="draft").first()
        if last is not None:
            goals = last.goals
            lines = [Line(**{c: getattr(i, c) for c in _COLUMNS}) for i in last.items.all()]
        else:
            lines = first_draft(unit, year, today)
    if request.method == "POST" and request.POST.get("op") == "save" and unit is not None and not errors:
        try:
            done = perform(
                DraftPlan(DraftPlan.Input(unit, year, goals, tuple(lines))),
                request.user,
                request.POST.get("key", ""),
            )
        except Refused as refused:
            errors += [r.message for r in refused.refusals]
        else:
            messages.success(request, "Đã lưu dự thảo kế hoạch.")
            return HttpResponseRedirect(reverse("guidance:plan", args=[done.event.data["plan"]]))
    if request.method == "POST" and request.POST.get("op") == "add":
        lines = [*lines, Line("", "", "", "")]
    context = {
        "title": DraftPlan.title,
        "units": units,
        "unit": unit,
        "year": year,
        "goals": goals,
        "lines": list(enumerate(lines)),
        "errors": errors,
        "key": request.POST.get("key") or fresh_key(),
        "help": "ke-hoach-nam",
        "crumbs": crumbs(("Kế hoạch năm", reverse("guidance:plans")), (DraftPlan.title, "")),
    }
    return render(request, "guidance/draft_plan.html", context, status=422 if errors else 200)


def _sent(request: HttpRequest, name: str) -> str:
    return str(request.POST.get(name) or request.GET.get(name) or "")


def _posted(request: HttpRequest, errors: list[str]) -> list[Line]:
    found = []
    for n in range(min(int(request.POST.get("count", "0") or 0), MAX_LINES)):
        values: dict[str, Any] = {c: request.POST.get(f"l{n}-{c}", "").strip() for c in _COLUMNS}
        if request.POST.get(f"l{n}-drop") or not any(values.values()):
            continue
        if values["due"]:
            try:
                values["due"] = parse_date(values["due"])
            except FieldError as error:
                errors.append(f"Dòng {n + 1}: {error}")
                values["due"] = None
        else:
            values["due"] = None
        found.append(Line(**values))
    return found


@login_required
@require_GET
def plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """One plan and how far each line is."""
    one = see_or_404(request.user, Plan, public_id)
    today = viewer(request).day
    rows = [(item, *_state(item, today)) for item in one.items.all()]
    kept = {u.pk for u in kept_units(request)}
    context = {
        "title": str(one),
        "plan": one,
        "rows": rows,
        "keeps": one.unit_id in kept,
        "approves": one.unit_id in viewer(request).units("thu_truong")
        and one.state == "draft"
        and one.drafted_by_id != viewer(request).account.person_id,
        "done": sum(1 for r in rows if r[1] == "done"),
        "help": "ke-hoach-nam",
        "crumbs": crumbs(("Kế hoạch năm", reverse("guidance:plans")), (str(one), "")),
    }
    return render(request, "guidance/plan.html", context)


def _state(item: PlanItem, today: Any) -> tuple[str, str]:
    dues = Due.objects.filter(task__plan_item=item).exclude(state="withdrawn")
    state = worst(state_of_due(d, today) for d in dues) or "no_owner"
    return state, STATES[state]


@login_required
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    """The head approves."""
    one = see_or_404(request.user, Plan, public_id)
    page = reverse("guidance:plan", args=[one.public_id])
    return act_page(
        request,
        forms.ApproveForm(request.POST or None, initial={"key": fresh_key()}),
        lambda data: ApprovePlan(ApprovePlan.Input(one, data["reference"])),
        back=lambda done: page,
        context={
            "title": ApprovePlan.title,
            "button": ApprovePlan.title,
            "about": f"{one} · {one.unit}",
            "cancel": page,
            "help": "ke-hoach-nam",
            "crumbs": crumbs(("Kế hoạch năm", reverse("guidance:plans")), (str(one), page), ("Duyệt", "")),
        },
    )


@login_required
@require_GET
def print_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """The plan as DOCX."""
    one = see_or_404(request.user, Plan, public_id)
    return hand_out(request, letters.plan_document(one), f"ke-hoach-{one.year}", "docx")
