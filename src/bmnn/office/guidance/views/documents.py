"""Documents of guidance: the list, one document with its points, the matrix, the chain, merging and answering."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bmnn.office.core.access import see_or_404
from bmnn.office.core.models import Unit
from bmnn.office.guidance.acts.answer_point import AnswerPoint
from bmnn.office.guidance.acts.drop_point import DropPoint
from bmnn.office.guidance.acts.issue_document import IssueDocument
from bmnn.office.guidance.acts.merge_points import MergePoints
from bmnn.office.guidance.confirmed import DocumentIn, PointIn, RelationIn
from bmnn.office.guidance.coverage import STATES, chain, cover, matrix
from bmnn.office.guidance.forms import AnswerForm, FilterForm, MergeForm, OwnDocumentForm, ReasonForm
from bmnn.office.guidance.models import Document, Point, Source, Task
from bmnn.office.guidance.similar import alike
from bmnn.office.guidance.typed import points_of_lines
from bmnn.office.guidance.words import DIRECTIONS
from bmnn.office.web.doing import act_page, fresh_key, viewer
from bmnn.office.web.fields import offer
from bmnn.vietnamese import fold

PAGE = 50


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from the list of documents."""
    return [("Chỉ đạo", reverse("guidance:documents")), *more]


def kept_units(request: HttpRequest) -> list[Unit]:
    """Units whose guidance the person keeps."""
    found = viewer(request)
    ids = found.units("van_thu") | found.units("thu_truong")
    return list(Unit.objects.on(found.day).filter(pk__in=ids))


def below_kept(request: HttpRequest) -> set[int]:
    """Units below those whose guidance the person keeps: they answer to him, he does not answer to them."""
    kept, day = kept_units(request), viewer(request).day
    below = {pk for unit in kept for pk in Unit.objects.under(unit, day).values_list("pk", flat=True)}
    return below - {unit.pk for unit in kept}


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Documents with the coverage of their points; the search words come by POST."""
    form = FilterForm(request.POST if request.method == "POST" else request.GET)
    text, direction = form.words()
    found = Document.objects.visible_to(request.user).select_related("unit", "source")
    if direction:
        found = found.filter(direction=direction)
    for word in fold(text).split():
        found = found.filter(fold__contains=word)
    documents = list(found[:PAGE])
    today = viewer(request).day
    context = {
        "title": "Văn bản chỉ đạo",
        "rows": [(d, _counts(d, today)) for d in documents],
        "waiting": [s for s in Source.objects.visible_to(request.user)[:PAGE] if s.waiting],
        "directions": DIRECTIONS,
        "direction": direction,
        "q": text,
        "may_enter": bool(kept_units(request)),
        "help": "chi-dao",
        "crumbs": [("Chỉ đạo", "")],
    }
    return render(request, "guidance/documents.html", context)


def _counts(document: Document, today: Any) -> list[tuple[str, str, int]]:
    states = [row.state for row in cover(document.points.all(), today)]
    return [(s, STATES[s], states.count(s)) for s in STATES if s in states and s not in ("dropped", "merged")]


@login_required
@require_GET
def document(request: HttpRequest, public_id: str) -> HttpResponse:
    """One document: facts, relations, its points and what became of each."""
    one = see_or_404(request.user, Document, public_id)
    today = viewer(request).day
    covers = cover(one.points.select_related("same_as__document"), today)
    kept = {u.pk for u in kept_units(request)}
    visible_tasks = Task.objects.visible_to(request.user)
    answerable: set[int] = set()
    if kept - {one.unit_id} and one.unit_id not in below_kept(request):
        own = Point.objects.visible_to(request.user).filter(document=one)
        answerable = set(own.values_list("pk", flat=True))
    points = [
        {
            "cover": row,
            "point": row.point,
            "answers": row.point.pk in answerable,
            "twins": _twins(request, row.point) if row.state == "no_owner" and one.unit_id in kept else [],
            "tasks": list(
                visible_tasks.filter(point=row.point.same_as or row.point)
                .select_related("unit", "person")
                .prefetch_related("dues")
            ),
        }
        for row in covers
    ]
    context = {
        "title": str(one),
        "document": one,
        "points": points,
        "keeps": one.unit_id in kept,
        "source": Source.objects.visible_to(request.user).filter(pk=one.source_id).first(),
        "relations": one.relations.select_related("target"),
        "answered": one.answers.select_related("point__document"),
        "related_from": one.related_from.select_related("document"),
        "seen": _seen(request, one),
        "help": "chi-dao",
        "crumbs": crumbs((str(one), "")),
    }
    return render(request, "guidance/document.html", context)


def _seen(request: HttpRequest, one: Document) -> set[int]:
    """Which of the documents that hang together with this one may be opened; the others are only named."""
    near = (
        Q(related_from__document=one)
        | Q(relations__target=one)
        | Q(points__answers__document=one)
        | Q(answers__point__document=one)
    )
    return set(Document.objects.visible_to(request.user).filter(near).values_list("pk", flat=True))


def _twins(request: HttpRequest, point: Point) -> list[Point]:
    """Points of the unit's other documents that seem to order the same."""
    others = (
        Point.objects.visible_to(request.user)
        .filter(document__unit=point.document.unit_id, state="live", document__direction="received")
        .exclude(document=point.document_id)
        .select_related("document")
        .order_by("-id")[:500]
    )
    by_key = {p.pk: p for p in others}
    return [by_key[key] for key, _ in alike(point.text, [(p.pk, p.text) for p in others])[:3]]


@login_required
@require_GET
def matrix_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Units × points of one document."""
    one = see_or_404(request.user, Document, public_id)
    table = matrix(one, viewer(request).day)
    context = {
        "title": f"Bảng đơn vị × điểm: {one}",
        "document": one,
        "units": table.units,
        "rows": [(row, table.cells(row)) for row in table.rows],
        "states": STATES,
        "help": "chi-dao",
        "crumbs": crumbs((str(one), reverse("guidance:document", args=[one.public_id])), ("Bảng", "")),
    }
    return render(request, "guidance/matrix.html", context)


@login_required
@require_GET
def chain_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """From this document down through the answers of the units below."""
    one = see_or_404(request.user, Document, public_id)
    context = {
        "title": f"Chuỗi thực hiện: {one}",
        "document": one,
        "link": chain(one, viewer(request).day),
        "seen": set(Document.objects.visible_to(request.user).values_list("pk", flat=True)),
        "help": "chi-dao",
        "crumbs": crumbs((str(one), reverse("guidance:document", args=[one.public_id])), ("Chuỗi", "")),
    }
    return render(request, "guidance/chain.html", context)


@login_required
def issue(request: HttpRequest) -> HttpResponse:
    """Enter a document of the unit and the points of upper documents it answers."""
    units = kept_units(request)
    ids = {str(u.public_id): u for u in units}
    seen = Document.objects.visible_to(request.user).exclude(unit__in=below_kept(request))
    upper = list(seen.filter(direction="received").select_related("unit")[:200]) + list(
        seen.filter(direction="issued").exclude(unit__in=units)[:200]
    )
    points = list(
        Point.objects.visible_to(request.user)
        .filter(state="live", document__in=upper)
        .select_related("document")[:500]
    )
    form = OwnDocumentForm(
        request.POST or None,
        initial={
            "key": fresh_key(),
            "answers": [request.GET["point"]] if request.GET.get("point") else [],
            "issuer": units[0].name if units else "",
        },
    )
    offer(form, "unit", [(key, u.name) for key, u in ids.items()])
    offer(form, "target", [("", "Không có"), *((str(d.public_id), f"{d} · {d.issuer}") for d in upper)])
    offer(
        form,
        "answers",
        [(str(p.public_id), f"{p.document}, {str(p).lower()}: {p.action[:120]}") for p in points],
    )

    def make(data: dict[str, Any]) -> IssueDocument:
        target = next((d for d in upper if str(d.public_id) == data["target"]), None)
        relations = ()
        if data["relation"] and (target or data["target_text"].strip()):
            relations = (RelationIn(data["relation"], target, data["target_text"]),)
        values = {k: data[k] for k in ("kind", "number", "symbol", "day", "issuer", "subject")}
        return IssueDocument(
            IssueDocument.Input(
                DocumentIn(
                    unit=ids[data["unit"]],
                    points=tuple(PointIn(**p) for p in points_of_lines(data["points"])),
                    relations=relations,
                    **values,
                ),
                tuple(p for p in points if str(p.public_id) in data["answers"]),
            )
        )

    return act_page(
        request,
        form,
        make,
        back=lambda done: reverse("guidance:document", args=[done.event.data["document"]]),
        context={
            "title": IssueDocument.title,
            "button": IssueDocument.title,
            "help": "chi-dao",
            "crumbs": crumbs((IssueDocument.title, "")),
        },
    )


@login_required
def merge(request: HttpRequest, public_id: str) -> HttpResponse:
    """This point repeats another one: follow it once."""
    double = see_or_404(request.user, Point, public_id)
    others = {str(p.public_id): p for p in _twins(request, double)}
    more = (
        Point.objects.visible_to(request.user)
        .filter(document__unit=double.document.unit_id, state="live")
        .exclude(document=double.document_id)
        .select_related("document")[:300]
    )
    others |= {str(p.public_id): p for p in more if str(p.public_id) not in others}
    form = MergeForm(request.POST or None, initial={"key": fresh_key()})
    offer(
        form,
        "point",
        [(key, f"{p.document}, {str(p).lower()}: {p.action[:140]}") for key, p in others.items()],
    )
    return act_page(
        request,
        form,
        lambda data: MergePoints(MergePoints.Input(others[data["point"]], double)),
        back=lambda done: reverse("guidance:document", args=[double.document.public_id]),
        context=_point_context(double, MergePoints.title),
    )


def _point_context(point: Point, title: str) -> dict[str, Any]:
    page = reverse("guidance:document", args=[point.document.public_id])
    return {
        "title": title,
        "button": title,
        "about": f"{point.document}, {str(point).lower()}: {point.action}",
        "cancel": page,
        "help": "chi-dao",
        "crumbs": crumbs((str(point.document), page), (title, "")),
    }


@login_required
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Not followed, with a reason."""
    point = see_or_404(request.user, Point, public_id)
    return act_page(
        request,
        ReasonForm(request.POST or None, initial={"key": fresh_key()}),
        lambda data: DropPoint(DropPoint.Input(point, data["reason"])),
        back=lambda done: reverse("guidance:document", args=[point.document.public_id]),
        context=_point_context(point, DropPoint.title),
    )


@login_required
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """An own document that is already in the register answers the point."""
    point = see_or_404(request.user, Point, public_id)
    own = Document.objects.visible_to(request.user).filter(direction="issued", unit__in=kept_units(request))
    form = AnswerForm(request.POST or None, initial={"key": fresh_key()})
    offer(form, "document", [(str(d.public_id), f"{d} · {d.subject[:120]}") for d in own[:200]])
    return act_page(
        request,
        form,
        lambda data: AnswerPoint(AnswerPoint.Input(point, own.get(public_id=data["document"]))),
        back=lambda done: reverse("guidance:document", args=[point.document.public_id]),
        context=_point_context(point, AnswerPoint.title),
    )
