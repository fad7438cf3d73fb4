"""Accounts: opening, roles and clearance, passing passwords, closing; one's own password."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from bmnn.law.vocabulary import LEVELS
from bmnn.office.core import forms, passwords
from bmnn.office.core.access import rows_for, see_or_404
from bmnn.office.core.act import Refused
from bmnn.office.core.acts.disable_account import DisableAccount
from bmnn.office.core.acts.open_account import OpenAccount
from bmnn.office.core.acts.reset_password import ResetPassword
from bmnn.office.core.acts.set_roles import Role, SetRoles
from bmnn.office.core.models import Account, Person
from bmnn.office.core.seats import take_seat
from bmnn.office.core.views import helping
from bmnn.office.web.doing import act_page, fresh_key, viewer

HELP = "to-chuc-va-tai-khoan"


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Tài khoản", reverse("core:accounts")), *more]


def _shown(account: Account, day: Any) -> dict[str, Any]:
    return {
        "account": account,
        "roles": [g for g in account.grants.all() if g.holds(day)],
        "ceiling": LEVELS.get(account.ceiling, "không"),
        "has_password": account.has_usable_password(),
    }


@login_required
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account with its roles: for the administrator, leaders and inspectors."""
    helping.only(request, "quan_tri", "thu_truong", "kiem_tra")
    look = viewer(request)
    rows = rows_for(request.user, Account).select_related("person").prefetch_related("grants__unit")
    context = {
        "title": "Tài khoản",
        "accounts": [_shown(a, look.day) for a in rows.order_by("-is_active", "username").distinct()],
        "keeps": look.roles("quan_tri"),
        "help": HELP,
    }
    return render(request, "core/accounts.html", context)


@login_required
@require_GET
def account(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One account: its roles now and before."""
    helping.only(request, "quan_tri", "thu_truong", "kiem_tra")
    one = see_or_404(request.user, Account, public_id)
    look = viewer(request)
    context = {
        "title": f"Tài khoản {one.username}",
        **_shown(one, look.day),
        "grants": one.grants.select_related("unit").order_by("-since", "-id"),
        "day": look.day,
        "keeps": look.roles("quan_tri") and one.is_active,
        "is_viewers": one.pk == look.account.pk,
        "crumbs": _crumbs((one.username, "")),
        "help": HELP,
    }
    return render(request, "core/account.html", context)


@login_required
def open_account(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A login for a person."""
    helping.only(request, "quan_tri")
    person: Person = helping.found(Person, public_id)
    form = forms.AccountForm(request.POST or None, initial={"key": fresh_key()})
    context = {
        "title": f"{OpenAccount.title}: {person.name}",
        "about": "Tài khoản mới chưa có vai trò, chưa có mật khẩu. Sau khi mở, hãy giao vai trò rồi cấp mật khẩu tạm.",
        "button": OpenAccount.title,
        "cancel": reverse("core:person", args=[person.public_id]),
        "crumbs": _crumbs((OpenAccount.title, "")),
        "help": HELP,
    }
    return act_page(
        request, form, lambda data: OpenAccount(OpenAccount.Input(person, data["username"].strip())),
        back=lambda done: reverse("core:account", args=[done.event.data["account"]]), context=context,
    )  # fmt: skip


@sensitive_post_parameters()
@login_required
def set_roles(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Roles and clearance; a leader signs beside the administrator."""
    helping.only(request, "quan_tri")
    one: Account = helping.found(Account, public_id)
    look = viewer(request)
    initial: dict[str, Any] = {"key": fresh_key(), "ceiling": one.ceiling}
    for i, grant in enumerate(one.grants_on(look.day)[: forms.RolesForm.LINES]):
        unit = str(grant.unit.public_id) if grant.unit else ""
        initial |= {f"role{i}": grant.role, f"unit{i}": unit, f"until{i}": grant.until}
    form = forms.RolesForm(
        request, request.POST or None, initial=initial, units=helping.unit_choices(look.day)
    )

    def make(data: dict[str, Any]) -> SetRoles:
        roles = tuple(
            Role(data[f"role{i}"], helping.unit_of(data[f"unit{i}"]), data[f"until{i}"])
            for i in range(form.LINES)
            if data[f"role{i}"]
        )
        return SetRoles(SetRoles.Input(one, roles, data["ceiling"], data["document"], data["second"]))

    page = reverse("core:account", args=[one.public_id])
    context = {"title": f"{SetRoles.title}: {one.person.name}", "button": "Ghi vai trò", "cancel": page,
               "crumbs": _crumbs((one.username, page), ("Vai trò", "")), "help": HELP}  # fmt: skip
    return act_page(request, form, make, back=lambda done: page, context=context, template="core/roles.html")


@sensitive_post_parameters()
@login_required
def disable(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close an account."""
    helping.only(request, "quan_tri")
    one: Account = helping.found(Account, public_id)
    form = forms.ReasonForm(request, request.POST or None, initial={"key": fresh_key()})
    page = reverse("core:account", args=[one.public_id])
    context = {
        "title": f"{DisableAccount.title}: {one.person.name}",
        "about": "Người này bị đăng xuất ngay và không vào được nữa. Các việc đã làm vẫn giữ tên người này.",
        "button": DisableAccount.title,
        "cancel": page,
        "crumbs": _crumbs((one.username, page), (DisableAccount.title, "")),
        "help": HELP,
    }
    return act_page(
        request, form, lambda data: DisableAccount(DisableAccount.Input(one, data["reason"])),
        back=lambda done: page, context=context,
    )  # fmt: skip


@sensitive_post_parameters()
@login_required
def reset_password(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a passing password; it is shown once, on the answer to the form."""
    helping.only(request, "quan_tri")
    one: Account = helping.found(Account, public_id)
    form = forms.LeaderReasonForm(request, request.POST or None, initial={"key": fresh_key()})
    page = reverse("core:account", args=[one.public_id])
    context: dict[str, Any] = {
        "title": f"{ResetPassword.title}: {one.person.name}",
        "about": "Mật khẩu tạm hiện một lần. Người nhận phải đổi ngay khi đăng nhập; mật khẩu đang dùng hết hiệu lực. "
        "Việc này được ghi vào nhật ký.",
        "button": ResetPassword.title,
        "cancel": page,
        "crumbs": _crumbs((one.username, page), (ResetPassword.title, "")),
        "help": HELP,
    }
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                _, password = passwords.give_temporary(
                    one, data["reason"], helping.account_of(request), data["key"], data["second"]
                )
            except Refused as refused:
                for r in refused.refusals:
                    form.add_error(r.field if r.field in form.fields else None, r.message)
            else:
                given = {"account": one, "password": password, "onward": page}
                return render(request, "core/passing_password.html", {**context, **given})
    return render(request, "web/act.html", {"form": form, **context}, status=status)


@sensitive_post_parameters()
@login_required
def own_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; with a passing password this is the only page."""
    own = helping.account_of(request)
    form = forms.OwnPasswordForm(request.POST or None, initial={"key": fresh_key()})
    context = {
        "title": "Đổi mật khẩu",
        "about": "Bạn đang dùng mật khẩu tạm do quản trị cấp: hãy đặt mật khẩu của riêng mình rồi mới làm việc."
        if own.must_change
        else "Đổi xong, các phiên đăng nhập khác của bạn kết thúc.",
        "button": "Đổi mật khẩu",
        "help": HELP,
    }
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                passwords.change_own(own, data["old"], data["password"], data["key"])
            except Refused as refused:
                for r in refused.refusals:
                    form.add_error(r.field if r.field in form.fields else None, r.message)
            else:
                own.refresh_from_db()
                update_session_auth_hash(request, own)
                take_seat(Account, request, own)
                messages.success(request, "Đã đổi mật khẩu.")
                return HttpResponseRedirect(reverse("web:today"))
    return render(request, "web/act.html", {"form": form, **context}, status=status)
