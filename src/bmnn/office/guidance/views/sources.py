"""Taking a file in, and confirming beside the original what was understood."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bmnn.office.core.access import see_or_404
from bmnn.office.core.engine import Refused, perform
from bmnn.office.core.models import Unit
from bmnn.office.core.overseers import KEEPERS
from bmnn.office.guidance import reading
from bmnn.office.guidance.acts.confirm_document import ConfirmDocument
from bmnn.office.guidance.acts.receive_source import ReceiveSource
from bmnn.office.guidance.confirmed import DocumentIn, PointIn, RelationIn
from bmnn.office.guidance.confirming import Row, deadlines, edit, parsed, reporting, rows, unsure_fields
from bmnn.office.guidance.forms import HeaderForm, UploadForm
from bmnn.office.guidance.marking import marked
from bmnn.office.guidance.models import Document, Source
from bmnn.office.guidance.words import KINDS, RELATIONS
from bmnn.office.web.doing import fresh_key, viewer
from bmnn.office.web.fields import offer


def home_units(request: HttpRequest) -> list[Unit]:
    """Units in whose name the person may take documents in."""
    found = viewer(request)
    wanted = set(found.own_units)
    for role in ("van_thu", "thu_truong", "soan_thao"):
        wanted |= found.units(role)
    return list(Unit.objects.on(found.day).filter(pk__in=wanted))


@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Read a file in the sandbox and take it in; nothing is assigned before a person confirms."""
    units = home_units(request)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"key": fresh_key()})
    offer(form, "unit", [(str(u.public_id), u.name) for u in units])
    if request.method == "POST" and form.is_valid():
        done = _take_in(request, form, {str(u.public_id): u for u in units})
        if done is not None:
            return HttpResponseRedirect(done)
    context = {
        "title": ReceiveSource.title,
        "form": form,
        "button": "Đọc văn bản",
        "help": "chi-dao",
        "crumbs": [("Chỉ đạo", reverse("guidance:documents")), (ReceiveSource.title, "")],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "web/act.html", context, status=status)


def _take_in(request: HttpRequest, form: UploadForm, units: dict[str, Unit]) -> str | None:
    file = form.cleaned_data["file"]
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        # The name is never a path; its ending alone is kept, for a plain text cannot be told from a page by content.
        ending = Path(file.name).suffix
        path = Path(folder) / ("file" + (ending if ending[1:].isalnum() and ending.isascii() else ""))
        with path.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        try:
            read = reading.read(path, file.name)
            act = ReceiveSource(
                ReceiveSource.Input(
                    units[form.cleaned_data["unit"]], file.name, read.sha256, read.text, read.reading
                )
            )
            done = perform(act, request.user, form.cleaned_data["key"])
        except reading.CannotRead as error:
            form.add_error("file", str(error))
            return None
        except Refused as refused:
            for r in refused.refusals:
                form.add_error(r.field if r.field in form.fields else None, r.message)
            return None
    messages.success(request, f"Đã đọc «{file.name}». Hãy xác nhận từng văn bản dưới đây.")
    return reverse("guidance:source", args=[done.event.data["source"]])


@login_required
@require_GET
def source(request: HttpRequest, public_id: str) -> HttpResponse:
    """The documents found in a file, how they hang together, which wait to be confirmed."""
    one = see_or_404(request.user, Source, public_id)
    done = {d.source_id_in_file: d for d in one.documents.all()}
    documents = [
        {
            "id": d["id"],
            "header": d.get("header") or {},
            "reference": reference(d),
            "day": _day(d),
            "tasks": len(d.get("tasks") or []),
            "conflicts": [_words(c) for c in d.get("conflicts") or []],
            "document": done.get(d["id"]),
        }
        for d in one.reading.get("documents", [])
    ]
    context = {
        "title": one.name,
        "source": one,
        "documents": documents,
        "relations": _said(one),
        "confirms": _confirms(request, one),
        "help": "chi-dao",
        "crumbs": [("Chỉ đạo", reverse("guidance:documents")), (one.name, "")],
    }
    return render(request, "guidance/source.html", context)


def _confirms(request: HttpRequest, one: Source) -> bool:
    """Whether the person may confirm what was read; others may look at it."""
    return one.unit_id in viewer(request).units(*KEEPERS)


def reference(record: dict[str, Any]) -> str:
    """Number and symbol of a record as they are printed; "" where the text has none."""
    header = record.get("header") or {}
    number, symbol = header.get("number") or "", header.get("symbol") or ""
    joint = "-" if "/" in symbol else "/"
    return f"{number}{joint if number and symbol else ''}{symbol}"


def _name(record: dict[str, Any] | None) -> str:
    header = (record or {}).get("header") or {}
    return f"{header.get('document_type') or 'Văn bản'} {reference(record or {})}".strip()


def _day(record: dict[str, Any]) -> date | None:
    found = (record.get("header") or {}).get("date")
    return date.fromisoformat(found) if found else None


def _said(one: Source) -> list[str]:
    """The relations between the documents of a file, as sentences."""
    return [
        f"{_name(parsed(one, r['from']))} {RELATIONS.get(r['type'], 'dẫn')} {_name(parsed(one, r['to']))}"
        for r in one.reading.get("relations") or []
    ]


def _words(remark: Any) -> str:
    if isinstance(remark, dict):
        return str(remark.get("text") or remark.get("detail") or remark.get("message") or "")
    return str(remark)


@login_required
def confirm(request: HttpRequest, public_id: str, in_file: str) -> HttpResponse:
    """The original on the left, what was understood on the right; split, merge, add, drop, correct, confirm."""
    one = see_or_404(request.user, Source, public_id)
    record = parsed(one, in_file)
    if record is None:
        raise Http404
    known = one.documents.filter(source_id_in_file=in_file).first()
    if known is not None:
        return HttpResponseRedirect(reverse("guidance:document", args=[known.public_id]))
    header = record.get("header") or {}
    form = HeaderForm(request.POST or None, initial=_initial(header))
    offer(form, "kind", _kinds(header))
    points = rows(one, record) if request.method != "POST" else _posted(request, record)
    status = 200
    op = request.POST.get("op", "")
    if request.method == "POST" and op not in ("", "confirm"):
        points = edit(points, op)
        form = HeaderForm(initial={name: request.POST.get(name, "") for name in form.fields})
        offer(form, "kind", _kinds(header))
    elif request.method == "POST" and form.is_valid():
        act = ConfirmDocument(_confirmed(one, in_file, record, form.cleaned_data, points))
        try:
            done = perform(act, request.user, form.cleaned_data["key"])
        except Refused as refused:
            status = 422
            for r in refused.refusals:
                form.add_error(r.field if r.field in form.fields else None, r.message)
        else:
            messages.success(request, "Đã xác nhận. Bây giờ có thể giao từng điểm.")
            return HttpResponseRedirect(reverse("guidance:document", args=[done.event.data["document"]]))
    elif request.method == "POST":
        status = 422
    context = {
        "title": f"Xác nhận: {header.get('document_type') or 'Văn bản'} {header.get('number') or ''}",
        "source": one,
        "form": form,
        "points": list(enumerate(points)),
        "original": marked(one.text, record),
        "unsure": set(unsure_fields(record, "header")),
        "conflicts": [_words(c) for c in record.get("conflicts") or []],
        "citations": record.get("citations") or [],
        "confirms": _confirms(request, one),
        "help": "chi-dao",
        "crumbs": [
            ("Chỉ đạo", reverse("guidance:documents")),
            (one.name, reverse("guidance:source", args=[one.public_id])),
            ("Xác nhận", ""),
        ],
    }
    return render(request, "guidance/confirm.html", context, status=status)


def _initial(header: dict[str, Any]) -> dict[str, Any]:
    day = _day({"header": header})
    return {
        "key": fresh_key(),
        "kind": header.get("document_type") or "Văn bản khác",
        "number": header.get("number") or "",
        "symbol": header.get("symbol") or "",
        "day": day,
        "issuer": header.get("issuing_body") or "",
        "subject": header.get("subject") or "",
    }


def _kinds(header: dict[str, Any]) -> list[tuple[str, str]]:
    return [(k, k) for k in KINDS]


def _posted(request: HttpRequest, record: dict[str, Any]) -> list[Row]:
    found = []
    for n in range(min(int(request.POST.get("count", "0") or 0), 2000)):
        get = lambda name, n=n: request.POST.get(f"p{n}-{name}", "")  # noqa: E731
        found.append(
            Row(
                text=get("text"),
                action=get("action"),
                clause=get("clause")[:40],
                responsible=get("responsible"),
                origins=tuple(o for o in get("origins").split(",") if o),
                keep=bool(get("keep")),
                prohibition=bool(get("prohibition")),
            )
        )
    return found


def confirmed_values(one: Source, in_file: str, record: dict[str, Any], points: list[Row]) -> DocumentIn:
    """The document as it was read, header and all; what the sample agency confirms unchanged."""
    values = _initial(record.get("header") or {})
    return _confirmed(one, in_file, record, values, points)


def _confirmed(
    one: Source, in_file: str, record: dict[str, Any], data: dict[str, Any], points: list[Row]
) -> DocumentIn:
    relations = [
        RelationIn(r["type"], _sibling(one, r["to"]), _name(parsed(one, r["to"])), r["to"])
        for r in one.reading.get("relations") or []
        if r.get("from") == in_file
    ]
    return DocumentIn(
        unit=one.unit,
        source=one,
        in_file=in_file,
        kind=data["kind"],
        number=data["number"],
        symbol=data["symbol"],
        day=data["day"],
        issuer=data["issuer"],
        subject=" ".join(data["subject"].split()),
        points=tuple(
            PointIn(
                text=row.text,
                action=" ".join(row.action.split()),
                clause=row.clause,
                responsible=tuple(b.strip() for b in row.responsible.split(";") if b.strip()),
                deadlines=deadlines(record, row),
                reporting=reporting(record, row),
                prohibition=row.prohibition,
            )
            for row in points
            if row.keep
        ),
        relations=tuple(relations),
        citations=tuple(record.get("citations") or []),
    )


def _sibling(one: Source, in_file: str) -> Document | None:
    return one.documents.filter(source_id_in_file=in_file).first()
