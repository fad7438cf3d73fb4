"""An account's roles and clearance are set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import by_administrator, check_line, check_second, check_span, line
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
        found += self._second(ctx)
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

    def _second(self, ctx: Context) -> list[Refusal]:
        """A leader agrees, once there is one: an administrator alone could else make an account that reads
        everything. A leader agrees to a change of their own account only where no other leader is there."""
        data = self.input
        if ctx.actor is None:
            return []
        leaders = Account.objects.filter(
            in_force(ctx.day, "grants__"), grants__role="thu_truong", is_active=True
        ).exclude(person_id=ctx.actor.person_id)
        if not leaders.exists():
            return []
        if data.second is None:
            return [
                Refusal("second", "Giao vai trò cần một thủ trưởng cùng xác nhận bằng mật khẩu của mình.")
            ]
        found = check_second(ctx, data.second)
        others = leaders.exclude(person_id=data.account.person_id)
        if data.second.person_id == data.account.person_id and others.exists():
            found.append(Refusal("second", "Người được giao vai trò không được tự xác nhận cho mình."))
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
