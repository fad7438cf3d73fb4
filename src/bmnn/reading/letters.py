"""Letters of extracted text set right once: NFC, old encodings taken for Latin letters, invisible characters."""

from __future__ import annotations

import re
import unicodedata

from bmnn.vietnamese import legacy_in_unicode
from bmnn.vietnamese.viqr import from_viqr

# Letters and signs between 0x80 and 0xFF (and what cp1252 makes of 0x80–0x9F) that Vietnamese text in Unicode does not
# use; every old encoding needs them. Where none stands, the costly choice between readings is not made.
_SUSPECT = re.compile(
    "[\u0080-\u009f\xa1-\xa6\xa8\xaa\xac-\xad\xaf\xb1-\xb6\xb8-\xba\xbc-\xbf"
    "ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ"
    "\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2020\u2021\u2030\u2039\u203a\u2122\x1f]"
)
_INVISIBLE = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x1f]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1e\x7f]+")
_NOISE = 0.005
JOINT = "\n\ue0ff\n"
"""Stands between segments while letters are set right: a private character no table touches."""


def _nearly_ascii(text: str) -> bool:
    sample = text[:4000]
    return len(sample.encode("ascii", "ignore")) >= 0.98 * len(sample)


def settle(segments: list[str]) -> tuple[list[str], str | None, bool]:
    """Segments of one text in NFC with their old encoding taken back; the encoding; whether hidden characters stood
    between letters.

    The choice of encoding is made once for the whole, then line by line where the text is mixed.
    """
    whole = JOINT.join(segments)
    encoding = None
    if _nearly_ascii(whole):
        whole, encoding = from_viqr(whole)
    if encoding is None and _SUSPECT.search(whole):
        suspects = len(_SUSPECT.findall(whole))
        whole, encoding = legacy_in_unicode(whole)
        # A line or two of scanning noise in a long text do not make an encoding.
        encoding = encoding if suspects > _NOISE * len(whole) else None
    if not unicodedata.is_normalized("NFC", whole):
        whole = unicodedata.normalize("NFC", whole)
    hidden = False
    if _INVISIBLE.search(whole):
        hidden = bool(re.search("\\w[\u200b-\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069]+\\w", whole))
        whole = _INVISIBLE.sub("", whole)
    if _CONTROL.search(whole):
        whole = _CONTROL.sub(" ", whole)
    return whole.split(JOINT), encoding, hidden
