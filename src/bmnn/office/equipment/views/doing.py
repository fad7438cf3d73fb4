"""Pages that do one act on a device each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from bmnn.office.core.access import see_or_404
from bmnn.office.core.engine import Act
from bmnn.office.core.models import Unit
from bmnn.office.equipment import forms
from bmnn.office.equipment.acts.approve_device import ApproveDevice
from bmnn.office.equipment.acts.change_use import ChangeUse
from bmnn.office.equipment.acts.correct_device import CorrectDevice
from bmnn.office.equipment.acts.hand_device import HandDevice
from bmnn.office.equipment.acts.lose_device import LoseDevice
from bmnn.office.equipment.acts.put_seal import PutSeal
from bmnn.office.equipment.acts.register_device import DeviceIn, RegisterDevice
from bmnn.office.equipment.acts.retire_device import RetireDevice
from bmnn.office.equipment.acts.return_repair import ReturnRepair
from bmnn.office.equipment.acts.security_check import RecordSecurityCheck
from bmnn.office.equipment.acts.send_repair import SendRepair
from bmnn.office.equipment.acts.take_seal_off import TakeSealOff
from bmnn.office.equipment.models import Device, Seal
from bmnn.office.equipment.views.shared import HELP, crumbs, page_of, people, units_or_404
from bmnn.office.web.doing import act_page, fresh_key, law_words, viewer
from bmnn.office.web.fields import lines, offer

Make = Callable[[Device, dict[str, Any]], Act]


def _approve(d: Device, data: dict[str, Any]) -> Act:
    return ApproveDevice(ApproveDevice.Input(d, data["document"]))


def _check(d: Device, data: dict[str, Any]) -> Act:
    values = {k: data[k] for k in ("day", "by", "certificate", "valid_until", "note")}
    return RecordSecurityCheck(RecordSecurityCheck.Input(d, passed=data["passed"] == "yes", **values))


def _seal(d: Device, data: dict[str, Any]) -> Act:
    return PutSeal(PutSeal.Input(d, data["number"], data["place"]))


def _send(d: Device, data: dict[str, Any]) -> Act:
    return SendRepair(SendRepair.Input(d, data["where"], data["reason"], data["storage"], data["supervisor"]))


def _back(d: Device, data: dict[str, Any]) -> Act:
    return ReturnRepair(ReturnRepair.Input(d, data["result"]))


def _use(d: Device, data: dict[str, Any]) -> Act:
    values = {k: data[k] for k in ("role", "purpose", "removed", "minutes")}
    return ChangeUse(ChangeUse.Input(d, roles=tuple(data["roles"]), **values))


def _correct(d: Device, data: dict[str, Any]) -> Act:
    return CorrectDevice(CorrectDevice.Input(d, data["field"], data["value"], data["reason"]))


def _retire(d: Device, data: dict[str, Any]) -> Act:
    values = {k: data[k] for k in ("reason", "method", "minutes", "minutes_day", "document")}
    return RetireDevice(RetireDevice.Input(d, members=lines(data["members"]), **values))


def _lose(d: Device, data: dict[str, Any]) -> Act:
    return LoseDevice(LoseDevice.Input(d, data["day"], data["text"]))


# Word in the address → act, form, how the act is made, the rule under the button.
PAGES: dict[str, tuple[type[Act], type[forms.ActForm], Make, str]] = {
    "phe-duyet": (ApproveDevice, forms.ApproveForm, _approve, "machine.registered_storage"),
    "kiem-tra-an-ninh": (RecordSecurityCheck, forms.SecurityCheckForm, _check, "machine.security_check"),
    "niem-phong": (PutSeal, forms.SealForm, _seal, "machine.protect_storage"),
    "sua-chua": (SendRepair, forms.SendRepairForm, _send, "machine.protect_storage"),
    "nhan-lai": (ReturnRepair, forms.ResultForm, _back, "machine.security_check"),
    "doi-muc-dich": (ChangeUse, forms.ChangeUseForm, _use, "machine.change_of_use"),
    "dinh-chinh": (CorrectDevice, forms.CorrectForm, _correct, "machine.protect_storage"),
    "thanh-ly": (RetireDevice, forms.RetireForm, _retire, "machine.change_of_use"),
    "bao-mat": (LoseDevice, forms.LoseForm, _lose, "machine.protect_storage"),
}


@login_required
def act(request: HttpRequest, public_id: str, what: str) -> HttpResponse:
    """One act on one device."""
    if what not in PAGES:
        raise Http404
    one = see_or_404(request.user, Device, public_id)
    kind, form_class, make, rule = PAGES[what]
    initial: dict[str, Any] = {"key": fresh_key()}
    if what == "doi-muc-dich":
        initial |= {"role": one.role, "roles": one.roles, "purpose": one.purpose}
    if "day" in form_class.base_fields:
        initial["day"] = viewer(request).day
    form = form_class(request.POST or None, initial=initial)
    if what == "doi-muc-dich":
        form.fields.pop("roles" if one.kind == "computer" else "role")
    return act_page(
        request,
        form,
        lambda data: make(one, {"role": "", "roles": [], **data}),
        back=lambda done: page_of(one),
        context={
            "title": f"{kind.title}: {one}",
            "about": _about(one),
            "button": kind.title,
            "law": law_words(request, rule),
            "cancel": page_of(one),
            "help": HELP,
            "crumbs": crumbs((f"Số {one.number:02d}", page_of(one)), (kind.title, "")),
        },
    )


def _about(one: Device) -> str:
    parts = (f"Số sê-ri {one.serial}" if one.serial else "", one.role_words, one.state_word, one.keeper_word)
    return " · ".join(p for p in parts if p)


@login_required
def hand(request: HttpRequest, public_id: str) -> HttpResponse:
    """A device goes to another keeper."""
    one = see_or_404(request.user, Device, public_id)
    known = {str(p.public_id): p for p in people(request, one.unit)}
    form = forms.HandForm(request.POST or None, initial={"key": fresh_key(), "place": one.place})
    offer(form, "keeper", [("", "Chọn người giữ"), *((k, p.name) for k, p in known.items())])

    def make(data: dict[str, Any]) -> HandDevice:
        values = {k: data[k] for k in ("keeper_text", "place", "note")}
        return HandDevice(HandDevice.Input(one, known.get(data["keeper"]), **values))

    return act_page(
        request,
        form,
        make,
        back=lambda done: page_of(one),
        context={
            "title": f"{HandDevice.title}: {one}",
            "about": _about(one),
            "button": HandDevice.title,
            "cancel": page_of(one),
            "help": HELP,
            "crumbs": crumbs((f"Số {one.number:02d}", page_of(one)), (HandDevice.title, "")),
        },
    )


@login_required
def seal_off(request: HttpRequest, public_id: str, seal_id: str) -> HttpResponse:
    """A seal comes off."""
    one = see_or_404(request.user, Device, public_id)
    seal = Seal.objects.filter(device=one, public_id=seal_id).first()
    if seal is None:
        raise Http404
    form = forms.ReasonForm(request.POST or None, initial={"key": fresh_key()})
    return act_page(
        request,
        form,
        lambda data: TakeSealOff(TakeSealOff.Input(seal, data["reason"])),
        back=lambda done: page_of(one),
        context={
            "title": f"{TakeSealOff.title} số {seal.number}: {one}",
            "button": TakeSealOff.title,
            "cancel": page_of(one),
            "help": HELP,
            "crumbs": crumbs((f"Số {one.number:02d}", page_of(one)), (TakeSealOff.title, "")),
        },
    )


@login_required
def register(request: HttpRequest) -> HttpResponse:
    """A device for the register."""
    mine = {str(u.public_id): u for u in units_or_404(request, "van_thu")}
    keepers = {str(p.public_id): (p, u) for u in mine.values() for p in people(request, u)}
    form = forms.DeviceForm(request.POST or None, initial={"key": fresh_key()})
    offer(form, "unit", [(k, u.name) for k, u in mine.items()])
    many = len(mine) > 1
    offer(
        form,
        "keeper",
        [
            ("", "Chọn người giữ"),
            *((k, f"{p.name}, {u.name}" if many else p.name) for k, (p, u) in keepers.items()),
        ],
    )

    def make(data: dict[str, Any]) -> RegisterDevice:
        values = {
            k: data[k]
            for k in ("kind", "name", "serial", "type", "role", "purpose", "place", "keeper_text", "note")
        }
        keeper = keepers[data["keeper"]][0] if data["keeper"] else None
        device = DeviceIn(
            keeper=keeper,
            roles=tuple(data["roles"]),
            vid=data["vid"].strip().upper(),
            pid=data["pid"].strip().upper(),
            **values,
        )
        unit: Unit = mine[data["unit"]]
        return RegisterDevice(RegisterDevice.Input(unit, device))

    return act_page(
        request,
        form,
        make,
        back=lambda done: reverse("equipment:device", args=[done.event.data["device"]]),
        context={
            "title": RegisterDevice.title,
            "button": RegisterDevice.title,
            "law": law_words(request, "machine.registered_storage"),
            "cancel": reverse("equipment:list"),
            "help": HELP,
            "crumbs": crumbs((RegisterDevice.title, "")),
        },
        template="equipment/register.html",
    )
