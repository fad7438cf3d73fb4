"""Letters of extracted text set right once: NFC, old encodings taken for Latin letters, invisible characters."""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from bmnn.vietnamese import decode_legacy, legacy_in_unicode, syllable_score
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
_DENSE = 0.03
_GAIN = 0.15
"""How much more Vietnamese the bytes must read than the text as it stands."""
_BETWEEN = re.compile("\\w[\u200b-\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069]+\\w")
_SUSPECTS, _HIDDEN, _CONTROLS = 1, 2, 4
# One look at a text tells which of the classes above it needs at all: a bit for each, by UTF-16 unit.
_CLASSES = np.zeros(0x10000, np.uint8)
for _bit, _pattern in ((_SUSPECTS, _SUSPECT), (_HIDDEN, _INVISIBLE), (_CONTROLS, _CONTROL)):
    for _code in (*range(0xD800), *range(0xE000, 0x10000)):
        if _pattern.match(chr(_code)):
            _CLASSES[_code] |= _bit
JOINT = "\n\ue0ff\n"
"""Stands between segments while letters are set right: a private character no table touches."""


def _classes(text: str) -> int:
    """Bits of the classes any of whose characters stands in the text."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    return int(np.bitwise_or.reduce(_CLASSES[units])) if units.size else 0


def _nearly_ascii(text: str) -> bool:
    sample = text[:4000]
    return len(sample.encode("ascii", "ignore")) >= 0.98 * len(sample)


def _as_bytes(text: str) -> tuple[str, str | None]:
    """VISCII and VPS share many letters with Latin-1, so the text looks half right: read its bytes anew and compare."""
    try:
        raw = b"".join(_byte(c) for c in text.replace("\ue0ff", "\0"))
    except UnicodeEncodeError:
        return text, None
    read = decode_legacy(raw)
    gained = read.confidence - syllable_score(text[:20_000])
    if read.encoding not in ("tcvn3", "vni", "viscii", "vps") or read.confidence < 0.8 or gained < _GAIN:
        return text, None
    return read.text.replace("\0", "\ue0ff"), read.encoding


def _byte(letter: str) -> bytes:
    return letter.encode("latin-1") if ord(letter) < 256 else letter.encode("cp1252")


def settle(segments: list[str]) -> tuple[list[str], str | None, bool]:
    """Segments of one text in NFC with their old encoding taken back; the encoding; whether hidden characters stood
    between letters.

    The choice of encoding is made once for the whole, then line by line where the text is mixed.
    """
    whole = JOINT.join(segments)
    classes = _classes(whole)
    encoding = None
    if _nearly_ascii(whole):
        whole, encoding = from_viqr(whole)
    if encoding is None and classes & _SUSPECTS:
        suspects = len(_SUSPECT.findall(whole))
        whole, encoding = legacy_in_unicode(whole)
        # A line or two of scanning noise in a long text do not make an encoding.
        encoding = encoding if suspects > _NOISE * len(whole) else None
        if encoding is None and suspects > _DENSE * len(whole):
            whole, encoding = _as_bytes(whole)
        classes = _classes(whole)
    if not unicodedata.is_normalized("NFC", whole):
        whole = unicodedata.normalize("NFC", whole)
    hidden = False
    if classes & _HIDDEN:
        hidden = _BETWEEN.search(whole) is not None
        whole = _INVISIBLE.sub("", whole)
    if classes & _CONTROLS:
        whole = _CONTROL.sub(" ", whole)
    return whole.split(JOINT), encoding, hidden
