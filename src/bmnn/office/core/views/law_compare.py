"""Comparing a rule with the original: the page that confirms it and the page that corrects it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bmnn import law
from bmnn.office.core import lawforms
from bmnn.office.core.act import Act
from bmnn.office.core.acts.law_rules import ConfirmLawRule, CorrectLawRule
from bmnn.office.core.lawview import law_on, rule_named
from bmnn.office.core.views import helping
from bmnn.office.core.views.law import COMPARERS, HELP, crumbs
from bmnn.office.web.doing import act_page, fresh_key


@login_required
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """The original says what the program says."""
    rule = _asked(request)
    form = lawforms.CompareForm(request.POST or None, initial={"key": fresh_key()})
    return _page(request, rule, form, lambda d: lawforms.confirm(rule, d), ConfirmLawRule.title)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """The original says otherwise."""
    rule = _asked(request)
    form = lawforms.CorrectForm(request.POST or None, rule=rule, initial={"key": fresh_key()})
    return _page(request, rule, form, lambda d: lawforms.correct(rule, d), CorrectLawRule.title)


def _asked(request: HttpRequest) -> law.Rule:
    """The version named in the address, as the agency knows it; 404 for others than clerk and leader."""
    helping.only(request, *COMPARERS)
    today = timezone.localdate()
    found = rule_named(request.GET.get("ma", ""), today)
    if found is None:
        raise Http404
    return law_on(today).overlay.apply(found)


def _page(
    request: HttpRequest, rule: law.Rule, form: Any, make: Callable[[dict[str, Any]], Act], title: str
) -> HttpResponse:
    back = f"{reverse('core:law_rule')}?ma={rule.key}"
    return act_page(
        request,
        form,
        make,
        back=lambda done: back,
        context={
            "title": title,
            "button": title,
            "rule": rule,
            "lines": law.lines(rule),
            "sources": law.sources(rule, law.library().sources),
            "cancel": back,
            "crumbs": crumbs((rule.title, back), (title, "")),
            "help": HELP,
        },
        template="core/law_compare.html",
    )
