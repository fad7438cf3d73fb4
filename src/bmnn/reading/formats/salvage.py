"""Words in bytes of no known form."""

from __future__ import annotations

import re

_WIDE_RUN = re.compile(r"[\t -~\u00a0-\u024f\u0300-\u0323\u1e00-\u1eff\u2010-\u2026]{6,}")
_NARROW_RUN = re.compile(rb"[\t -~\x80-\xff]{6,}")
_WORD = re.compile(r"[^\W\d_]{3,}")


def salvage(data: bytes) -> str:
    """Runs of letters in binary data, as UTF-16 and as bytes."""
    wide = data.decode("utf-16-le", "ignore")
    shifted = data[1:].decode("utf-16-le", "ignore")
    runs = _WIDE_RUN.findall(wide) + _WIDE_RUN.findall(shifted)
    runs += [run.decode("utf-8", "ignore") for run in _NARROW_RUN.findall(data)]
    return "\n".join(run for run in runs if _wordy(run))


def _wordy(run: str) -> bool:
    """Mostly letters and spaces, with something like a word in it."""
    good = sum(c.isalpha() or c == " " for c in run)
    return good >= 0.75 * len(run) and _WORD.search(run) is not None
