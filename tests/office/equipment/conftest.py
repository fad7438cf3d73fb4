"""The agency with a small register of equipment, under the shipped law."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from bmnn.office.core.engine import Refused
from bmnn.office.core.models import Unit
from bmnn.office.equipment.acts.approve_device import ApproveDevice
from bmnn.office.equipment.acts.register_device import DeviceIn, RegisterDevice
from bmnn.office.equipment.acts.security_check import RecordSecurityCheck
from bmnn.office.equipment.models import Device
from tests.cast import Cast

TODAY = date(2026, 4, 6)
PC = DeviceIn(kind="computer", name="SOAN-THAO-01", serial="PC-0001", role="drafting")
STICK = DeviceIn(kind="usb", name="USB số 1", serial="AA11BB22CC33DD44", type="dc02m", roles=("drafting",))


class Room:
    """The cast and the steps of the register."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def add(
        self, device: DeviceIn = PC, unit: Unit | None = None, who: str = "van_thu", **values: Any
    ) -> Device:
        act = RegisterDevice(RegisterDevice.Input(unit or self.cast.unit, replace(device, **values)))
        done = self.cast.do(act, self.cast.accounts[who])
        return Device.objects.get(public_id=done.event.data["device"])

    def checked(self, device: Device, **values: Any) -> Device:
        given: dict[str, Any] = {"day": date(2026, 4, 1), "by": "Công an tỉnh Mẫu", "certificate": "KT-01"}
        given |= {"valid_until": date(2027, 4, 1)}
        self.cast.do(
            RecordSecurityCheck(RecordSecurityCheck.Input(device, **{**given, **values})), self.cast.van_thu
        )
        device.refresh_from_db()
        return device

    def approved(self, device: Device) -> Device:
        self.cast.do(ApproveDevice(ApproveDevice.Input(device, "QĐ 05")), self.cast.thu_truong)
        device.refresh_from_db()
        return device


def refused(call: Any, *args: Any, **values: Any) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **values)
    return " ".join(f"[{r.field}] {r.message} § {r.citation}" for r in caught.value.refusals)


@pytest.fixture
def room(db: None) -> Room:
    return Room(Cast())


@pytest.fixture
def today_room(db: None) -> Room:
    """The same, a minute ago: what pages do follows on it."""
    return Room(Cast(now=datetime.now(UTC) - timedelta(minutes=1)))


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own for uploads and jobs."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(settings, "FILE_UPLOAD_TEMP_DIR", tmp_path / "tmp")
    return tmp_path
