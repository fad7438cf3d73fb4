"""Minutes of removal and the copies that still have to go."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bmnn.office.core.access import see_or_404
from bmnn.office.oversight import forms, minutes
from bmnn.office.oversight.acts.issue_removal import IssueRemoval
from bmnn.office.oversight.acts.remove_copy import RemoveCopy
from bmnn.office.oversight.models import Removal, Scan, ScanFinding
from bmnn.office.oversight.views.shared import (
    HELP,
    crumbs,
    law,
    scan_crumb,
)
from bmnn.office.web.doing import act_page, fresh_key, looked, viewer
from bmnn.office.web.minutes import words
from bmnn.office.web.paper import hand_out, mark


@login_required
@require_GET
def removals(request: HttpRequest) -> HttpResponse:
    """Every copy that was found to be secret and is not yet gone; then the minutes."""
    who = viewer(request)
    secret = ScanFinding.objects.visible_to(who.account, day=who.day).filter(answer="secret")
    context = {
        "title": "Gỡ bỏ tài liệu mật",
        "left": secret.filter(removed_on=None).select_related("of__unit", "removal")[:300],
        "minutes": Removal.objects.visible_to(who.account, day=who.day)
        .select_related("of__unit")
        .order_by("-day", "-id")[:100],
        "help": HELP,
        "crumbs": crumbs(("Gỡ bỏ", "")),
    }
    return render(request, "oversight/removals.html", context)


@login_required
def issue(request: HttpRequest, public_id: str) -> HttpResponse:
    """Minutes take their number; then they can be printed."""
    one = see_or_404(request.user, Scan, public_id)
    form = forms.RemovalForm(request.POST or None, initial={"key": fresh_key(), "place": one.unit.name})

    count = one.findings.filter(answer="secret", removal=None).count()
    return act_page(
        request,
        form,
        lambda data: IssueRemoval(IssueRemoval.Input(one, **words(data))),
        back=lambda done: scan_crumb(one)[1],
        context={
            "title": IssueRemoval.title,
            "about": f"{one}. Biên bản ghi {count} mục đã kết luận là mật.",
            "button": IssueRemoval.title,
            "law": law(request),
            "cancel": scan_crumb(one)[1],
            "help": HELP,
            "crumbs": crumbs(scan_crumb(one), (IssueRemoval.title, "")),
        },
    )


@login_required
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that a copy is gone."""
    one = see_or_404(request.user, ScanFinding, public_id)
    form = forms.RemoveForm(request.POST or None, initial={"key": fresh_key(), "day": viewer(request).day})
    back = reverse("oversight:removals")
    return act_page(
        request,
        form,
        lambda d: RemoveCopy(RemoveCopy.Input(one, d["method"], d["day"], d["evidence"])),
        back=lambda done: back,
        context={
            "title": RemoveCopy.title,
            "about": f"{one.label} ({one.level_word})",
            "button": RemoveCopy.title,
            "law": law(request),
            "cancel": back,
            "help": HELP,
            "crumbs": crumbs(("Gỡ bỏ", back), (RemoveCopy.title, "")),
        },
    )


@login_required
@require_GET
def print_minutes(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The minutes as PDF or DOCX."""
    one = see_or_404(request.user, Removal, public_id)
    looked(request, "removal_minutes", one.public_id)
    document = minutes.document(one, mark())
    return hand_out(request, document, f"bien-ban-go-bo-{one.number:02d}-{one.day.year}", form)
