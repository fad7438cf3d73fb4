"""Passwords: kept as an Argon2id hash in the account's row; the log says that one was set, never which."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from bmnn.office.core.act import Done, Refusal, Refused
from bmnn.office.core.acts.change_password import ChangePassword
from bmnn.office.core.acts.reset_password import ResetPassword
from bmnn.office.core.engine import perform
from bmnn.office.core.models import Account

# No letters that look alike on a slip of paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def set_password(account: Account, password: str) -> None:
    """Check and set. Sessions opened with the old password end by themselves (their hash no longer fits).

    Raises Refused: too short, too common, too close to the name.
    """
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused(*(Refusal("password", str(m)) for m in error.messages)) from error
    Account.objects.filter(pk=account.pk).update(password=make_password(password))
    account.refresh_from_db(fields=["password"])


def give_temporary(
    account: Account, reason: str, actor: Account, key: str, second: Account | None = None
) -> tuple[Done, str]:
    """A passing password (about 99 bits) for a slip of paper, with its event. Raises Refused.

    It is told once; a second click of the same form tells "" (the password given first stands).
    """
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    with transaction.atomic():
        done = perform(ResetPassword(ResetPassword.Input(account, reason, second)), actor, key)
        if done.replayed:
            return done, ""
        set_password(account, password)
    return done, password


def change_own(account: Account, old: str, new: str, key: str) -> Done:
    """A person's own password, given the old one. Raises Refused (nothing changed)."""
    if not account.check_password(old):
        raise Refused(Refusal("old", "Mật khẩu đang dùng không đúng."))
    if old == new:
        raise Refused(Refusal("password", "Mật khẩu mới giống mật khẩu đang dùng."))
    with transaction.atomic():
        set_password(account, new)
        return perform(ChangePassword(ChangePassword.Input()), account, key)
