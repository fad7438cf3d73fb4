"""What the database says when it fails, in a clerk's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError, IntegrityError, connection

from bmnn.office.core.act import Refusal, Refused

T = TypeVar("T")


def after_error(look: Callable[[], T | None]) -> T | None:
    """Look for the outcome on a sound connection; None where it cannot be known or was not done."""
    if connection.in_atomic_block:
        return None
    try:
        connection.close()
        return look()
    except DatabaseError:
        return None


def refused(error: DatabaseError) -> Refused:
    """The refusal that tells a person what happened and what to do. Nothing was written."""
    said = str(error).lower()
    if "disk is full" in said or "no space" in said:
        words = "Ổ đĩa đã đầy nên chưa ghi được việc này. Hãy giải phóng chỗ trống trên ổ đĩa rồi bấm lại."
    elif "readonly" in said or "read-only" in said:
        words = "Cơ sở dữ liệu đang ở chế độ chỉ đọc nên chưa ghi được. Hãy báo người quản trị máy."
    elif "locked" in said or "busy" in said:
        words = "Máy đang bận ghi việc của người khác. Chưa ghi được việc này, hãy bấm lại sau ít giây."
    elif "disk i/o" in said or "malformed" in said or "not a database" in said:
        words = (
            "Ổ đĩa báo lỗi khi ghi. Chưa ghi được việc này, hãy ngừng nhập và báo ngay người quản trị máy."
        )
    elif isinstance(error, IntegrityError):
        words = (
            "Cơ sở dữ liệu từ chối vì dữ liệu mâu thuẫn với việc đã ghi. Chưa ghi được, hãy tải lại trang."
        )
    else:
        words = "Chưa ghi được việc này vì cơ sở dữ liệu báo lỗi. Hãy báo người quản trị máy."
    return Refused(Refusal("", words))
