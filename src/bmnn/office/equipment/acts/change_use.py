"""A device is given another use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import cite, sees
from bmnn.office.equipment.models import Device
from bmnn.office.equipment.project import fold_of, step
from bmnn.office.equipment.rules import EquipmentAct, in_use, keeps
from bmnn.office.equipment.words import ROLES, STORAGE_KINDS


@register
class ChangeUse(EquipmentAct):
    """Secrets are removed first, with minutes; the device then waits for approval in its new use."""

    code = "equipment.change_use"
    title = "Thay đổi mục đích sử dụng"

    @dataclass(frozen=True)
    class Input:
        device: Device
        role: str
        roles: tuple[str, ...] = ()
        purpose: str = ""
        removed: bool = False
        minutes: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        device = data.device
        found = sees(ctx, device) or keeps(ctx, device.unit)
        if found:
            return found
        found += in_use(device)
        if device.kind == "computer" and data.role not in ROLES:
            found.append(Refusal("role", "Hãy chọn vai trò mới của máy."))
        new = {data.role} if device.kind == "computer" else set(data.roles)
        old = {device.role} if device.kind == "computer" else set(device.roles)
        if new == old and line(data.purpose) == device.purpose:
            found.append(Refusal("role", "Mục đích mới giống mục đích đang ghi trong sổ."))
        if device.kind in STORAGE_KINDS and "drafting" in new and {"internet", "lan"} & new:
            found.append(
                Refusal(
                    "roles",
                    "Một thiết bị lưu trữ không được dùng chung cho máy soạn thảo BMNN và máy nối mạng.",
                    cite(ctx, "machine.connected"),
                )
            )
        if "drafting" in old and "drafting" not in new and not (data.removed and data.minutes.strip()):
            found.append(
                Refusal(
                    "removed",
                    "Phải loại bỏ bí mật nhà nước khỏi thiết bị và lập biên bản trước khi chuyển mục đích sử dụng.",
                    cite(ctx, "machine.change_of_use"),
                )
            )
        if "drafting" in new and old & {"internet", "lan"}:
            found.append(
                Refusal(
                    "role",
                    "Máy, thiết bị đã từng nối mạng không được chuyển sang soạn thảo, lưu giữ bí mật nhà nước.",
                    cite(ctx, "machine.ever_connected_fine") or cite(ctx, "machine.connected"),
                )
            )
        found += check_words(
            (
                ("purpose", "mục đích sử dụng", data.purpose, 300, True),
                ("minutes", "số biên bản loại bỏ dữ liệu", data.minutes, 120, False),
            )
        )
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        computer = data.device.kind == "computer"
        return {
            "device": str(data.device.public_id),
            "role": data.role if computer else "",
            "roles": [] if computer else sorted(data.roles),
            "purpose": line(data.purpose),
            "removed": data.removed,
            "minutes": line(data.minutes),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        device = Device.objects.get(public_id=body["device"])
        before = device.role_words
        device.role, device.roles, device.purpose = body["role"], body["roles"], body["purpose"]
        device.state = "registered"
        device.fold = fold_of(device)
        device.save()
        minutes = f"; biên bản loại bỏ dữ liệu {body['minutes']}" if body["minutes"] else ""
        step(event, device, cls.title, f"{before or 'chưa ghi'} → {device.role_words or 'chưa ghi'}{minutes}")
