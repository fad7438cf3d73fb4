"""Taking over an existing list: template, preview with every fault, then all rows at once."""

from __future__ import annotations

import tempfile
import uuid
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from bmnn.office.core.engine import Refused, perform
from bmnn.office.core.models import Person, Unit
from bmnn.office.equipment import forms, importing
from bmnn.office.equipment.acts.import_devices import ImportDevices, Taken
from bmnn.office.equipment.acts.register_device import DeviceIn
from bmnn.office.equipment.views.shared import HELP, crumbs, units_or_404
from bmnn.office.equipment.words import KINDS
from bmnn.office.web.doing import fresh_key, viewer
from bmnn.office.web.fields import offer

_SALT = "equipment.import"
_HOUR = 3600


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Choose the list; it is read in the sandbox and judged, nothing is written."""
    mine = {str(u.public_id): u for u in units_or_404(request, "van_thu")}
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    offer(form, "unit", [(k, u.name) for k, u in mine.items()])
    if request.method == "POST" and form.is_valid():
        unit = mine[form.cleaned_data["unit"]]
        file = form.cleaned_data["file"]
        try:
            found = _judge(request, file, unit)
        except importing.CannotImport as error:
            form.add_error("file", str(error))
        else:
            return _preview(request, unit, str(file.name)[:200], found)
    context = {
        "title": ImportDevices.title,
        "form": form,
        "help": HELP,
        "crumbs": crumbs((ImportDevices.title, "")),
    }
    return render(request, "equipment/import.html", context, status=422 if request.method == "POST" else 200)


def _judge(request: HttpRequest, file: Any, unit: Unit) -> importing.Found:
    who = viewer(request)
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        path = Path(folder) / "danh-sach"
        with path.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        sheets = importing.read(path, str(file.name))
    return importing.judge(sheets, unit, who.account, who.day)


def _preview(request: HttpRequest, unit: Unit, name: str, found: importing.Found) -> HttpResponse:
    sealed = ""
    if not found.faults:
        payload = {
            "account": str(viewer(request).account.public_id),
            "unit": str(unit.public_id),
            "name": name,
            "rows": [_plain(r) for r in found.rows],
        }
        sealed = signing.dumps(payload, salt=_SALT, compress=True)
    context = {
        "title": f"Xem trước: {name}",
        "unit": unit,
        "found": found,
        "rows": [(n, r, KINDS.get(r.device.kind, "")) for n, r in zip(found.lines, found.rows, strict=True)][
            :200
        ],
        "sealed": sealed,
        "key": fresh_key(),
        "help": HELP,
        "crumbs": crumbs((ImportDevices.title, reverse("equipment:import")), ("Xem trước", "")),
    }
    return render(request, "equipment/preview.html", context, status=422 if found.faults else 200)


def _plain(row: Taken) -> dict[str, Any]:
    """A row as JSON: the keeper by public id, days as ISO text."""
    value = asdict(row)
    value["device"] = {
        **value["device"],
        "keeper": str(row.device.keeper.public_id) if row.device.keeper else None,
    }
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in value.items()}


def _row(value: dict[str, Any]) -> Taken:
    device = dict(value["device"])
    keeper = Person.objects.filter(public_id=device["keeper"]).first() if device["keeper"] else None
    days = {
        k: date.fromisoformat(value[k]) if value[k] else None
        for k in ("approved_on", "checked_on", "valid_until")
    }
    words = {k: value[k] for k in ("approval", "checked_by", "certificate")}
    return Taken(DeviceIn(**{**device, "keeper": keeper, "roles": tuple(device["roles"])}), **days, **words)


@login_required
def finish(request: HttpRequest) -> HttpResponse:
    """All rows of the preview, in one act."""
    units_or_404(request, "van_thu")
    if request.method != "POST":
        return HttpResponseRedirect(reverse("equipment:import"))
    who = viewer(request)
    try:
        payload = signing.loads(request.POST.get("sealed", ""), salt=_SALT, max_age=_HOUR)
    except signing.BadSignature:
        messages.error(request, "Bản xem trước đã hết hạn. Hãy chọn lại tệp danh sách.")
        return HttpResponseRedirect(reverse("equipment:import"))
    unit = Unit.objects.filter(public_id=payload["unit"]).first()
    if payload["account"] != str(who.account.public_id) or unit is None:
        messages.error(request, "Bản xem trước này không phải của bạn. Hãy chọn lại tệp danh sách.")
        return HttpResponseRedirect(reverse("equipment:import"))
    rows = tuple(_row(r) for r in payload["rows"])
    try:
        perform(
            ImportDevices(ImportDevices.Input(unit, payload["name"], rows)),
            who.account,
            request.POST.get("key", "") or str(uuid.uuid4()),
        )
    except Refused as refused:
        for r in refused.refusals[:30]:
            messages.error(request, f"{r.message} (Căn cứ: {r.citation})" if r.citation else r.message)
        return HttpResponseRedirect(reverse("equipment:import"))
    messages.success(request, f"Đã nhập {len(rows)} thiết bị vào sổ của {unit.name}.")
    return HttpResponseRedirect(reverse("equipment:list"))
