"""Setting a password. It is kept as an Argon2id hash in the account's row and never enters the log."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from bmnn.office.core.act import Refusal, Refused
from bmnn.office.core.models import Account


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
