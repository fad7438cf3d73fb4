"""Checks of computers: upload, progress, result, the file, answers, minutes, remedies."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bmnn.office.core.access import may, see_or_404
from bmnn.office.core.engine import Done
from bmnn.office.core.models import Unit
from bmnn.office.core.overseers import OVERSEERS
from bmnn.office.equipment import comparing, forms, jobs, minutes, pictures, results
from bmnn.office.equipment.acts.answer_finding import AnswerFinding
from bmnn.office.equipment.acts.close_remedy import CloseRemedy
from bmnn.office.equipment.acts.give_remedy import GiveRemedy
from bmnn.office.equipment.acts.issue_minutes import IssueMinutes
from bmnn.office.equipment.acts.record_check import RecordCheck
from bmnn.office.equipment.models import Check, Device, Finding, Minutes, Remedy
from bmnn.office.equipment.views.shared import (
    HELP,
    checks_crumbs,
    crumbs,
    people,
    units_or_404,
)
from bmnn.office.equipment.words import DEVICE_KINDS, REGISTERED, ROLES, USED
from bmnn.office.web.doing import act_page, fresh_key, law_words, looked, viewer
from bmnn.office.web.fields import offer
from bmnn.office.web.jobs import Urls, job_or_404, polled, put_on_file, stop, too_much
from bmnn.office.web.minutes import words
from bmnn.office.web.paper import hand_out, mark

_JOB = ("equipment:job", "equipment:cancel", "equipment:keep", "equipment:upload")


@login_required
@require_GET
def checks(request: HttpRequest) -> HttpResponse:
    """Every check the person may see, and what is left to put right."""
    units_or_404(request, *OVERSEERS)
    who = viewer(request)
    found = Check.objects.visible_to(who.account, day=who.day).select_related("unit", "by")[:200]
    rows = [(c, c.findings.count(), c.findings.filter(state="open").count()) for c in found]
    context = {
        "title": "Kiểm tra máy tính",
        "rows": rows,
        "help": HELP,
    }
    return render(request, "equipment/checks.html", context)


@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Collections are taken in and checked in the background, in the sandbox."""
    who = viewer(request)
    mine = {str(u.public_id): u for u in units_or_404(request, *OVERSEERS)}
    earlier = {str(c.public_id): c for c in Check.objects.visible_to(who.account, day=who.day)[:50]}
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    offer(form, "unit", [(k, u.name) for k, u in mine.items()])
    offer(
        form, "follows", [("", "Không, đây là lần kiểm tra mới"), *((k, str(c)) for k, c in earlier.items())]
    )
    if request.method == "GET" and request.GET.get("lai") in earlier:
        form.initial["follows"] = request.GET["lai"]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if too_much(data["files"], jobs.MAX_FILES, jobs.MAX_BYTES):
            form.add_error(
                "files", f"Mỗi lần kiểm tra nhiều nhất {jobs.MAX_FILES} bộ thu thập, tổng cộng 8 GB."
            )
        else:
            head = {
                "unit": data["unit"],
                "title": " ".join(data["title"].split())[:200],
                "follows": data["follows"],
            }
            seen = Device.objects.visible_to(who.account, day=who.day).select_related("unit", "keeper")
            job = jobs.start(who.account, data["files"], head, comparing.register_of(seen))
            return HttpResponseRedirect(reverse("equipment:job", args=[job.id]))
    context = {
        "title": "Kiểm tra máy tính mới",
        "form": form,
        "button": "Bắt đầu kiểm tra",
        "law": law_words(request, "machine.security_check"),
        "cancel": reverse("equipment:checks"),
        "help": "kiem-tra-may-tinh",
        "crumbs": checks_crumbs(("Nạp bộ thu thập", "")),
    }
    return render(request, "equipment/upload.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_GET
def job(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far the check is; then what it found, before it is put on file."""
    one = job_or_404(request, jobs.Job, public_id)
    progress, head = one.progress(), one.head()
    context: dict[str, Any] = {
        "title": f"Kiểm tra: {head['title']}",
        "urls": Urls.of(_JOB, one),
        "progress": progress,
        "progress_template": "equipment/progress.html",
        "collections": head["collections"],
        "help": "kiem-tra-may-tinh",
        "crumbs": checks_crumbs((head["title"], "")),
    }
    answer = polled(request, progress, context)
    if answer is not None:
        return answer
    whole = one.result() if progress.state == "done" else None
    if whole is not None:
        reduced = results.reduce(whole, head["collections"])
        context |= _shown(reduced) | {"findings": reduced["findings"], "key": fresh_key()}
    return render(request, "equipment/job.html", context)


def _shown(result: dict[str, Any]) -> dict[str, Any]:
    """What the templates of a result need beside its findings."""
    machines = [
        {
            **m,
            "role_word": ROLES.get(m["role"], "chưa khai trong sổ thiết bị"),
            "internet_word": USED[m["internet"]],
            "timeline": pictures.timeline(m),
            "devices": [
                {**d, "kind_word": DEVICE_KINDS[d["kind"]], "registered_word": REGISTERED[d["registered"]]}
                for d in m["devices"]
            ],
            "unread": sum(v for k, v in m["artefacts"].items() if k != "read"),
        }
        for m in result["machines"]
    ]
    return {"machines": machines, "graph": pictures.graph(result), "result": result}


@login_required
@require_POST
def cancel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Stop the check; nothing is kept."""
    one = job_or_404(request, jobs.Job, public_id)
    page = reverse("equipment:job", args=[public_id])
    return stop(request, one, "việc kiểm tra", page=page, others=reverse("equipment:checks"))


@login_required
@require_POST
def keep(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Put the result on file."""
    one = job_or_404(request, jobs.Job, public_id)
    head, whole = one.head(), one.result()
    if whole is None:
        raise Http404
    unit = Unit.objects.get(public_id=head["unit"])
    follows = Check.objects.filter(public_id=head["follows"]).first() if head["follows"] else None
    act = RecordCheck(
        RecordCheck.Input(unit, head["title"], results.reduce(whole, head["collections"]), follows)
    )

    def filed(done: Done) -> str:
        one.forget()
        return reverse("equipment:check", args=[done.event.data["check"]])

    return put_on_file(request, act, page=reverse("equipment:job", args=[public_id]), filed=filed)


@login_required
@require_GET
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """A check on file: computers, pictures, findings with their answers, remedies, minutes, the check it repeats."""
    one = see_or_404(request.user, Check, public_id)
    looked(request, "machine_check", one.public_id)
    who = viewer(request)
    found = list(one.findings.select_related("device").prefetch_related("remedies__owner"))
    answers = one.unit_id in who.units("van_thu") | who.units("thu_truong")
    context: dict[str, Any] = {
        "title": str(one),
        "check": one,
        **_shown(one.result),
        "findings": found,
        "compared": comparing.compared(one),
        "repeats": one.followed_by.all(),
        "minutes": one.minutes.first(),
        "answers": answers,
        "gives": answers or one.unit_id in who.units("kiem_tra"),
        "today": who.day,
        "help": HELP,
        "crumbs": checks_crumbs((f"Lần {one.number:02d}/{one.year}", "")),
    }
    return render(request, "equipment/check.html", context)


def _check_page(one: Check) -> str:
    return reverse("equipment:check", args=[one.public_id])


@login_required
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Accept or explain a finding."""
    one = see_or_404(request.user, Finding, public_id)
    form = forms.AnswerForm(request.POST or None, initial={"key": fresh_key()})
    return _finding_act(
        request,
        one,
        form,
        AnswerFinding,
        lambda d: AnswerFinding(AnswerFinding.Input(one, d["state"], d["answer"])),
    )


@login_required
def remedy(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give something to put right."""
    one = see_or_404(request.user, Finding, public_id)
    known = {str(p.public_id): p for p in people(request, one.of.unit)}
    form = forms.RemedyForm(request.POST or None, initial={"key": fresh_key()})
    offer(form, "owner", [("", "Chọn người"), *((k, p.name) for k, p in known.items())])
    return _finding_act(
        request,
        one,
        form,
        GiveRemedy,
        lambda d: GiveRemedy(GiveRemedy.Input(one, d["text"], known.get(d["owner"]), d["due"])),
    )


def _finding_act(request: HttpRequest, one: Finding, form: Any, act: Any, make: Any) -> HttpResponse:
    return act_page(
        request,
        form,
        make,
        back=lambda done: f"{_check_page(one.of)}#p{one.rank}",
        context={
            "title": act.title,
            "about": f"{one.title}. {one.summary}",
            "button": act.title,
            "law": "; ".join(one.law),
            "cancel": _check_page(one.of),
            "help": HELP,
            "crumbs": checks_crumbs(
                (f"Lần {one.of.number:02d}/{one.of.year}", _check_page(one.of)), (act.title, "")
            ),
        },
    )


@login_required
@require_GET
def remedies(request: HttpRequest) -> HttpResponse:
    """Everything that must be put right, what is late first."""
    who = viewer(request)
    rows = Remedy.objects.visible_to(who.account, day=who.day).select_related("finding__of", "owner", "unit")
    context = {
        "title": "Việc khắc phục",
        "rows": [
            (
                r,
                r.late(who.day),
                may(who.account, "see", r.finding.of, who.day),
                r.owner_id == who.account.person_id or r.unit_id in who.units("van_thu", "thu_truong"),
            )
            for r in rows.order_by("-state", "due", "id")[:300]
        ],
        "help": HELP,
        "crumbs": crumbs(("Việc khắc phục", "")),
    }
    return render(request, "equipment/remedies.html", context)


@login_required
def close_remedy(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that it was put right."""
    one = see_or_404(request.user, Remedy, public_id)
    form = forms.EvidenceForm(request.POST or None, initial={"key": fresh_key()})
    return act_page(
        request,
        form,
        lambda data: CloseRemedy(CloseRemedy.Input(one, data["evidence"])),
        back=lambda done: reverse("equipment:remedies"),
        context={
            "title": CloseRemedy.title,
            "about": f"{one.text} Hạn {one.due:%d/%m/%Y}.",
            "button": CloseRemedy.title,
            "cancel": reverse("equipment:remedies"),
            "help": HELP,
            "crumbs": crumbs(("Việc khắc phục", reverse("equipment:remedies")), (CloseRemedy.title, "")),
        },
    )


@login_required
def make_minutes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Minutes take their number; then they can be printed."""
    one = see_or_404(request.user, Check, public_id)
    form = forms.MinutesForm(request.POST or None, initial={"key": fresh_key(), "place": one.unit.name})

    return act_page(
        request,
        form,
        lambda data: IssueMinutes(IssueMinutes.Input(one, **words(data))),
        back=lambda done: _check_page(one),
        context={
            "title": IssueMinutes.title,
            "about": str(one),
            "button": IssueMinutes.title,
            "law": law_words(request, "machine.security_check"),
            "cancel": _check_page(one),
            "help": HELP,
            "crumbs": checks_crumbs(
                (f"Lần {one.number:02d}/{one.year}", _check_page(one)), (IssueMinutes.title, "")
            ),
        },
    )


@login_required
@require_GET
def print_minutes(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The minutes as PDF or DOCX."""
    one = see_or_404(request.user, Minutes, public_id)
    looked(request, "machine_minutes", one.public_id)
    document = minutes.document(one, mark())
    return hand_out(request, document, f"bien-ban-kiem-tra-{one.number:02d}-{one.day.year}", form)
