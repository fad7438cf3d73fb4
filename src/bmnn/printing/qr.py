"""QR codes as SVG, drawn by the machine itself."""

from __future__ import annotations

import segno


def svg(text: str) -> str:
    """The code of a text (a checkpoint note of about 200 characters gives 57 × 57 modules)."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    # `omitsize` leaves only the viewBox, so that the sheet decides how large it is.
    drawn: str = code.svg_inline(border=2, omitsize=True)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
