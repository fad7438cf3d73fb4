"""Moments as Windows writes them, turned into ISO 8601 text with integer arithmetic only.

A moment in UTC ends in `Z`; a moment in the local time of the inspected computer carries no zone, because the
artefact does not carry one either (setupapi logs, NetworkList SYSTEMTIME).
"""

from __future__ import annotations

import re
import struct
from datetime import UTC, date, datetime, timedelta

FILETIME_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST, _LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 with microseconds, `Z` for UTC; naive moments stay without a zone; None stays None."""
    if moment is None:
        return None
    text = moment.replace(tzinfo=None).isoformat(timespec="microseconds")
    return text + "Z" if moment.tzinfo else text


_VIETNAM = timedelta(hours=7)


def day(moment: datetime | None) -> date | None:
    """The day by Vietnam's clock of a UTC moment; a local moment keeps its own day."""
    if moment is None:
        return None
    return (moment + _VIETNAM).date() if moment.tzinfo else moment.date()


def words(moment: datetime | date | None) -> str:
    """A moment as people in Vietnam write it: `09:30 ngày 01/03/2025`; local ones say whose clock it was."""
    if moment is None:
        return "không rõ ngày"
    if not isinstance(moment, datetime):
        return f"{moment:%d/%m/%Y}"
    if moment.tzinfo:
        return f"{moment + _VIETNAM:%H:%M ngày %d/%m/%Y}"
    return f"{moment:%H:%M ngày %d/%m/%Y} (giờ của máy)"


def from_micros(micros: int, epoch: datetime) -> datetime | None:
    """Microseconds since an epoch; None outside 1990 to 2200, which no Windows trace can mean."""
    try:
        moment = epoch + timedelta(microseconds=micros)
    except OverflowError:
        return None
    return moment if _EARLIEST <= moment <= _LATEST else None


def filetime(value: int) -> datetime | None:
    """100-nanosecond ticks since 1601-01-01 UTC; None for zero and for impossible values."""
    return from_micros(value // 10, FILETIME_EPOCH)


def filetime_bytes(data: bytes | None) -> datetime | None:
    """The FILETIME in the first eight bytes; None when there are fewer."""
    if data is None or len(data) < 8:
        return None
    return filetime(int(struct.unpack_from("<Q", data)[0]))


def systemtime_bytes(data: bytes | None) -> datetime | None:
    """A 16-byte SYSTEMTIME (year, month, weekday, day, hour, minute, second, ms): local, so naive."""
    if data is None or len(data) < 16:
        return None
    year, month, _, day, hour, minute, second, ms = struct.unpack_from("<8H", data)
    try:
        return datetime(year, month, day, hour, minute, second, ms * 1000)  # noqa: DTZ001 - local by nature
    except ValueError:
        return None


def unix(seconds: int) -> datetime | None:
    """Seconds since 1970 UTC; None outside 1990 to 2200."""
    return from_micros(seconds * 1_000_000, UNIX_EPOCH)


_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s*(Z|UTC|\+00:00)?")


def parse_iso(text: object) -> datetime | None:
    """ISO text of an event log, in UTC; None when it is no moment."""
    found = _ISO.match(str(text))
    if not found:
        return None
    year, month, day, hour, minute, second = (int(g) for g in found.groups()[:6])
    micros = int((found[7] or "0").ljust(6, "0")[:6])
    try:
        return datetime(year, month, day, hour, minute, second, micros, tzinfo=UTC)
    except ValueError:
        return None


def earliest(*moments: datetime | None) -> datetime | None:
    """The first of the moments that are known; local and UTC ones are never compared with each other."""
    return min((m for m in moments if m is not None and m.tzinfo), default=None)


def latest(*moments: datetime | None) -> datetime | None:
    """The last of the moments that are known in UTC."""
    return max((m for m in moments if m is not None and m.tzinfo), default=None)
