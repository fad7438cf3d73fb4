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
_SUSPECTS, _HIDDEN, _CONTROLS, _MAYBE_APART = 1, 2, 4, 8
# One look at a text tells which of the classes above it needs at all: a bit for each, by UTF-16 unit.
_CLASSES = np.zeros(0x10000, np.uint8)
_MARKED = "".join(map(chr, (*range(0x2200), 0xFEFF)))  # nothing beyond is in a class
for _bit, _pattern in ((_SUSPECTS, _SUSPECT), (_HIDDEN, _INVISIBLE), (_CONTROLS, _CONTROL)):
    _CLASSES[[ord(c) for run in _pattern.findall(_MARKED) for c in run]] |= _bit
# Text of other letters than these is in NFC already: below U+0300 nothing combines, and the rest are composed.
_CLASSES[0x300:] |= _MAYBE_APART
_CLASSES[0x1EA0:0x1EFA] &= ~np.uint8(_MAYBE_APART)
_CLASSES[0x2010:0x20D0] &= ~np.uint8(_MAYBE_APART)
JOINT = "\n\ue0ff\n"
"""Stands between segments while letters are set right: a private character no table touches."""


def _classes(text: str) -> tuple[int, bool]:
    """Bits of the classes any of whose characters stands in the text; whether it begins nearly all in ASCII."""
    if text.isascii():
        units = np.frombuffer(text.encode("ascii"), np.uint8)
        nearly = True
    else:
        units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
        sample = units[:4000]
        nearly = int(np.count_nonzero(sample < 0x80)) >= 0.98 * len(sample)
    return (int(np.bitwise_or.reduce(_CLASSES.take(units))) if units.size else 0), nearly


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
    classes, nearly_ascii = _classes(whole)
    encoding = None
    if nearly_ascii:
        whole, encoding = from_viqr(whole)
        classes = _classes(whole)[0] if encoding else classes
    if encoding is None and classes & _SUSPECTS:
        suspects = len(_SUSPECT.findall(whole))
        whole, encoding = legacy_in_unicode(whole)
        # A line or two of scanning noise in a long text do not make an encoding.
        encoding = encoding if suspects > _NOISE * len(whole) else None
        if encoding is None and suspects > _DENSE * len(whole):
            whole, encoding = _as_bytes(whole)
        classes = _classes(whole)[0]
    if classes & _MAYBE_APART and not unicodedata.is_normalized("NFC", whole):
        whole = unicodedata.normalize("NFC", whole)
    hidden = False
    if classes & _HIDDEN:
        hidden = _BETWEEN.search(whole) is not None
        whole = _INVISIBLE.sub("", whole)
    if classes & _CONTROLS:
        whole = _CONTROL.sub(" ", whole)
    return whole.split(JOINT), encoding, hidden
