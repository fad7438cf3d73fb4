"""Căn cứ pháp lý: every rule readable, searchable without marks, shown with how it is known; one rule with its
history; the instruments.

Rules are addressed by their key in the query (`?ma=term.mat`): a key names no secret. A search is sent by POST.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bmnn import law
from bmnn.office.core.lawview import law_on
from bmnn.office.core.models import LawRule
from bmnn.office.core.views import helping
from bmnn.office.web.doing import viewer
from bmnn.vietnamese import fold

HELP = "can-cu-phap-ly"
COMPARERS = ("van_thu", "thu_truong")
_MARKS = (
    ("chua", "chưa đối chiếu"),
    ("text", "nguyên văn"),
    ("text*", "văn bản cùng loại"),
    ("secondary", "qua bài viết"),
    ("draft", "qua tin dự thảo"),
    ("memory", "hiểu biết chung"),
    ("gap", "chưa có bản gốc"),
)
MOST = 100  # rules shown of one search; a sharper question is asked for beyond


@dataclass(frozen=True)
class Shown:
    """A rule as a row of the page."""

    rule: law.Rule
    lines: list[str]

    @property
    def more(self) -> int:
        """Lines left out of the row."""
        return max(0, len(self.lines) - 4)

    @property
    def first(self) -> list[str]:
        """The lines of the row."""
        return self.lines[:4]


def may_compare(request: HttpRequest) -> bool:
    """Whether the person may confirm and correct rules."""
    return any(viewer(request).roles(role) for role in COMPARERS)


def hidden_items(request: HttpRequest, view: law.View) -> set[str]:
    """Keys of items of unpublished lists where only the administrator of the machine looks: not for his eyes."""
    if {g.role for g in viewer(request).grants} - {"quan_tri"}:
        return set()
    return {item.rule.key for one in view.lists() if not one.public for item in one.items}


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page below this one."""
    return [("Căn cứ pháp lý", reverse("core:law_rules")), *more]


@login_required
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """The rules of a day (or all versions of a regime) by topic, filtered by mark, or found by words."""
    helping.inside(request)
    given = request.POST if request.method == "POST" else request.GET
    day, wrong = helping.day_asked(request)
    view, words = law_on(day), given.get("q", "").strip()[:200]
    regime = given.get("luat", "")
    hidden = hidden_items(request, view)
    found = [rule for rule in _of(view, regime) if rule.key not in hidden]
    topics = law.library().topics
    counts = Counter(rule.topic for rule in found if rule.shape != "list_item")
    open_counts = Counter(rule.topic for rule in found if rule.unverified and rule.shape != "list_item")
    topic = given.get("nhom", "")
    if topic not in topics:
        topic = "" if words else next((t for t in topics if counts[t]), "")
    mark = given.get("dau", "")
    chosen = law.find(fold, found, words) if words else found
    chosen = [
        rule
        for rule in chosen
        if (not topic or rule.topic == topic)
        and (not mark or (rule.unverified if mark == "chua" else rule.mark == mark))
        and (words or rule.shape != "list_item")
    ]
    context = {
        "title": "Căn cứ pháp lý",
        "view": view,
        "day": day,
        "wrong": wrong,
        "q": words,
        "regime": regime,
        "regimes": law.library().regimes,
        "topic": topic,
        "topics": [(t, name, counts[t], open_counts[t]) for t, name in topics.items() if counts[t]],
        "mark": mark,
        "marks": _MARKS,
        "rows": [Shown(rule, law.lines(rule)) for rule in chosen[:MOST]],
        "total": len(chosen),
        "left_out": max(0, len(chosen) - MOST),
        "all": sum(counts.values()),
        "unverified": sum(open_counts.values()),
        "unknown": view.overlay.unknown,
        "help": HELP,
    }
    return render(request, "core/law_rules.html", context)


def _of(view: law.View, regime: str) -> list[law.Rule]:
    """The rules of the day, or every version of a regime."""
    if regime in law.library().regimes:
        return [view.overlay.apply(r) for r in law.library().rules() if r.regime == regime]
    return list(view.rules.values())


@login_required
@require_GET
def rule(request: HttpRequest) -> HttpResponse:
    """One rule: every version with its article, how it is known, and what the agency found in the original."""
    helping.inside(request)
    key = request.GET.get("ma", "").partition("@")[0]
    if not key:
        return HttpResponseRedirect(reverse("core:law_rules"))
    day, _ = helping.day_asked(request)
    view = law_on(day)
    versions = [view.overlay.apply(r) for r in law.library().versions.get(key, ())]
    versions += [r for r in view.overlay.added.values() if r.key == key]
    if not versions or key in hidden_items(request, view):
        raise Http404
    compared = list(LawRule.objects.filter(rule__startswith=f"{key}@"))
    library = law.library()
    first = versions[0]
    context = {
        "title": first.title,
        "key": key,
        "topic": library.topics[first.topic],
        "topic_key": first.topic,
        "versions": [
            {
                "rule": one,
                "lines": law.lines(one),
                "here": one.in_force(day),
                "sources": law.sources(one, library.sources),
                "compared": [c for c in compared if c.rule == one.address],
                "own": one.address in view.overlay.added,
                "instruments": [library.instruments[p.instrument] for p in one.places],
            }
            for one in sorted(versions, key=lambda r: r.in_force_from, reverse=True)
        ],
        "day": day,
        "compares": may_compare(request),
        "crumbs": crumbs((first.title, "")),
        "help": HELP,
    }
    return render(request, "core/law_rule.html", context)


@login_required
@require_GET
def instruments(request: HttpRequest) -> HttpResponse:
    """The instruments the rules rest on: what holds on the day, what replaced it."""
    helping.inside(request)
    day, wrong = helping.day_asked(request)
    states = {True: "con", False: "het", None: "chua"}
    wanted = request.GET.get("tinh-trang", "")
    rows = [(one, states[one.in_force(day)]) for one in law.library().instruments.values()]
    rows.sort(key=lambda row: (row[0].issued or date.min, row[0].symbol), reverse=True)
    context: dict[str, Any] = {
        "title": "Văn bản làm căn cứ",
        "rows": [row for row in rows if not wanted or row[1] == wanted],
        "counts": Counter(state for _, state in rows),
        "wanted": wanted,
        "day": day,
        "wrong": wrong,
        "crumbs": crumbs(("Văn bản làm căn cứ", "")),
        "help": HELP,
    }
    return render(request, "core/law_instruments.html", context)
