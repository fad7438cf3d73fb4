"""Small steps that several projections share."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from bmnn import vietnamese
from bmnn.machines.usb import normal_serial
from bmnn.office.core.models import Event, Person, Unit
from bmnn.office.core.rules import actor_of, day_of
from bmnn.office.equipment.models import Device, Step


def person_of(public_id: str | None) -> Person | None:
    """A person of an event's body."""
    return Person.objects.get(public_id=public_id) if public_id else None


def step(event: Event, device: Device, title: str, text: str) -> None:
    """One line of the device's history."""
    who = actor_of(event)
    Step.objects.create(
        device=device,
        event=event.id,
        day=date.fromisoformat(event.day),
        title=title,
        text=text[:1000],
        person=who.name if who else "",
    )


def fold_of(device: Device) -> str:
    """What a device is found by, without marks."""
    parts = (device.name, device.serial, device.place, device.keeper_word, device.purpose, device.certificate)
    return vietnamese.fold(" ".join(p for p in parts if p))[:1500]


def new_device(event: Event, row: dict[str, Any], number: int, unit: Unit) -> Device:
    """A device out of the row of an event (registration or import)."""
    device = Device(
        public_id=uuid.UUID(row["device"]),
        unit=unit,
        number=number,
        serial_key=normal_serial(row["serial"]),
        keeper=person_of(row.get("keeper")),
        keeper_text=row.get("keeper_text", ""),
        registered_on=date.fromisoformat(event.day),
        registered_by=actor_of(event),
        state=row.get("state", "registered"),
        approved_on=day_of(row.get("approved_on")),
        approval=row.get("approval", ""),
        checked_on=day_of(row.get("checked_on")),
        checked_by=row.get("checked_by", ""),
        certificate=row.get("certificate", ""),
        valid_until=day_of(row.get("valid_until")),
        roles=row["roles"],
        **{
            k: row[k]
            for k in ("kind", "type", "name", "serial", "vid", "pid", "role", "purpose", "place", "note")
        },
    )
    device.fold = fold_of(device)
    device.save()
    return device
