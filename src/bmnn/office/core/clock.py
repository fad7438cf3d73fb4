"""The clock guard: the order of the log is never the clock's, but the year of a book is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bmnn.office.core.act import Refusal, Refused

BACK = timedelta(minutes=5)
AHEAD = timedelta(days=45)
_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


def stamp(moment: datetime) -> str:
    """A moment as written in the log: UTC, microseconds, 27 characters."""
    return moment.astimezone(UTC).strftime(_FORMAT)


def moment_of(text: str) -> datetime:
    """The moment written in the log."""
    return datetime.strptime(text, _FORMAT).replace(tzinfo=UTC)


def _shown(moment: datetime) -> str:
    from bmnn.office.core.engine import VIETNAM

    return moment.astimezone(VIETNAM).strftime("%H giờ %M ngày %d/%m/%Y")


def trouble(now: datetime, last_at: str | None) -> str | None:
    """What is wrong with the clock, in a clerk's words; None when nothing is."""
    if last_at is None:
        return None
    last = moment_of(last_at)
    if now < last - BACK:
        return (
            f"Đồng hồ máy tính đang chạy lùi: máy chỉ {_shown(now)} nhưng việc gần nhất đã ghi lúc "
            f"{_shown(last)}. "
            "Hãy chỉnh lại ngày giờ của máy. Nếu giờ của máy mới là đúng, người quản trị và thủ trưởng cùng "
            "xác nhận "
            "đồng hồ rồi làm tiếp."
        )
    if now > last + AHEAD:
        return (
            f"Đồng hồ máy tính chỉ {_shown(now)}, cách việc gần nhất đã ghi ({_shown(last)}) hơn "
            f"{AHEAD.days} ngày. "
            "Hãy kiểm tra ngày giờ của máy. Nếu đúng, người quản trị và thủ trưởng cùng xác nhận đồng hồ rồi "
            "làm tiếp."
        )
    return None


def guard(now: datetime, last_at: str | None, *, leaps: bool = False) -> None:
    """Raises Refused when the clock ran backwards by over 5 minutes or (unless `leaps`) ahead by over 45 days."""
    if leaps and last_at is not None and now > moment_of(last_at):
        return
    problem = trouble(now, last_at)
    if problem:
        raise Refused(Refusal("", problem))
