"""QR codes, drawn by the machine itself."""

from __future__ import annotations

import io

import segno


def png(text: str) -> list[int]:
    """The code of a text as the bytes of a one-bit picture (a checkpoint note of about 200 characters gives
    57 × 57 modules); a picture is kept once in a PDF, however many pages show it."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    target = io.BytesIO()
    code.save(target, kind="png", scale=6, border=2)
    return list(target.getvalue())
