"""The head lets a device be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import actor_of, cite, sees
from bmnn.office.equipment.models import Device
from bmnn.office.equipment.project import step
from bmnn.office.equipment.rules import EquipmentAct, in_use, keeps
from bmnn.office.equipment.words import CHECKED_KINDS


@register
class ApproveDevice(EquipmentAct):
    """Not by the one who entered it; what works with secrets is checked for security first."""

    code = "equipment.approve_device"
    title = "Phê duyệt sử dụng"

    @dataclass(frozen=True)
    class Input:
        device: Device
        document: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        device = self.input.device
        found = sees(ctx, device) or keeps(ctx, device.unit, ("thu_truong",))
        if found:
            return found
        found += in_use(device)
        if device.state == "approved":
            found.append(Refusal("", f"{device} đã được phê duyệt ngày {device.approved_on:%d/%m/%Y}."))
        if ctx.actor is not None and device.registered_by_id == ctx.actor.person_id:
            found.append(Refusal("", "Người đăng ký thiết bị không được tự phê duyệt."))
        secret = device.role == "drafting" or "drafting" in device.roles
        if secret and device.kind in CHECKED_KINDS and (device.checked_on is None or device.overdue(ctx.day)):
            found.append(
                Refusal(
                    "",
                    "Thiết bị dùng cho bí mật nhà nước phải được kiểm tra an ninh, còn hạn, trước khi sử dụng.",
                    cite(ctx, "machine.security_check"),
                )
            )
        found += check_words((("document", "văn bản phê duyệt", self.input.document, 200, False),))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        return {"device": str(self.input.device.public_id), "document": line(self.input.document)}

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        device = Device.objects.get(public_id=body["device"])
        who = actor_of(event)
        device.state = "approved"
        device.approved_on = date.fromisoformat(event.day)
        device.approved_by = who.name if who else ""
        device.approval = body["document"]
        device.save()
        step(event, device, cls.title, body["document"])
