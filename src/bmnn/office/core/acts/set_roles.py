"""An account's roles and clearance are set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import by_administrator, check_line, check_span, leader_agrees, line
from bmnn.office.core.models import Account, Event, RoleGrant, Unit
from bmnn.office.core.models.accounts import LEVEL_RANK, ROLES
from bmnn.office.core.models.organisation import in_force


@dataclass(frozen=True)
class Role:
    """One role in one unit (None: the whole site), with the end of its mandate where it has one."""

    role: str
    unit: Unit | None = None
    until: date | None = None


@register
class SetRoles(Act):
    """From today the account has exactly these roles and this ceiling; nobody sets their own."""

    code = "core.set_roles"
    title = "Giao vai trò, mức được xem"
    stream = "admin"

    @dataclass(frozen=True)
    class Input:
        account: Account
        roles: tuple[Role, ...]
        ceiling: str
        document: str
        second: Account | None = None

    def check(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = by_administrator(ctx)
        found += check_line("document", "văn bản phân công", data.document)
        if ctx.actor is not None and ctx.actor.pk == data.account.pk:
            found.append(Refusal("", "Không ai được tự giao vai trò hay mức được xem cho mình."))
        found += leader_agrees(ctx, data.second, data.account, "Giao vai trò", own=True)
        if data.ceiling not in LEVEL_RANK:
            found.append(Refusal("ceiling", f"Không có độ mật {data.ceiling}."))
        for role in data.roles:
            if role.role not in ROLES:
                found.append(Refusal("roles", f"Không có vai trò {role.role}."))
            found += check_span(ctx.day, role.until, "roles")
            if role.role == "kiem_tra" and role.until is None:
                found.append(
                    Refusal("roles", "Vai trò kiểm tra phải có ngày hết hạn theo quyết định kiểm tra.")
                )
        names = {r.role for r in data.roles}
        if "quan_tri" in names and (len(names) > 1 or data.ceiling):
            found.append(
                Refusal(
                    "roles",
                    "Người quản trị máy không giữ vai trò khác và không được xem nội dung mật "
                    "bằng tài khoản này.",
                )
            )
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "account": str(data.account.public_id),
            "ceiling": data.ceiling,
            "document": line(data.document),
            "second": str(data.second.public_id) if data.second else None,
            "roles": [
                {
                    "role": r.role,
                    "unit": str(r.unit.public_id) if r.unit else None,
                    "until": r.until.isoformat() if r.until else None,
                }
                for r in data.roles
            ],
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        day = date.fromisoformat(event.day)
        account = Account.objects.get(public_id=body["account"])
        Account.objects.filter(pk=account.pk).update(ceiling=body["ceiling"])
        RoleGrant.objects.filter(in_force(day), account=account).update(until=day)
        for role in body["roles"]:
            RoleGrant.objects.create(
                account=account,
                role=role["role"],
                unit=Unit.objects.get(public_id=role["unit"]) if role["unit"] else None,
                since=day,
                until=date.fromisoformat(role["until"]) if role["until"] else None,
                document=body["document"],
            )
