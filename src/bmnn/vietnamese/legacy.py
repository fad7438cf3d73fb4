"""Old Vietnamese encodings recognised and read: TCVN3, VNI, VISCII, VPS, cp1258, beside UTF-8 and UTF-16.

The bytes do not say what they are. Each reading is scored by the share of possible Vietnamese syllables; a text is
converted only when the new reading is clearly Vietnamese and the old one is not, so that bad OCR stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from bmnn.vietnamese import tables
from bmnn.vietnamese.marks import nfc, tone_of
from bmnn.vietnamese.syllables import syllable_score

CONVERT_FROM = 0.8
"""Score the new reading must reach."""
CONVERT_BELOW = 0.5
"""Score the old reading must not exceed."""
_SAMPLE = 20_000
"""Characters scored: enough to decide, cheap on large files."""


class Decoded(NamedTuple):
    """Text in NFC; the encoding: utf-8, utf-16, tcvn3, vni, viscii, vps, cp1258 or latin-1; confidence 0..1."""

    text: str
    encoding: str
    confidence: float


@cache
def _single_byte(name: str) -> dict[int, str]:
    """Translation table from Latin-1 code points."""
    if name == "tcvn3":
        table = {0xA1 + i: c for i, c in enumerate(tables.TCVN3_HIGH) if c != "\0"}
        # Word processors store the soft hyphen of a .doc as 0x1F: in TCVN3 that is the letter ư.
        return table | {0x1F: "ư"}
    high, low = {
        "viscii": (tables.VISCII_HIGH, tables.VISCII_LOW),
        "vps": (tables.VPS_HIGH, tables.VPS_LOW),
    }[name]
    return {0x80 + i: c for i, c in enumerate(high) if c != "\0"} | low


_CP1252_TO_BYTE = {
    ord(bytes([b]).decode("cp1252")): b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_VNI = re.compile(r"([aAeEiIoOuUyYôÔöÖ])([ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË])")
_CAPITAL = re.compile("([AĂÂEÊIOÔƠUƯY])([à-ỹ])")
_VNI_ALONE = str.maketrans(tables.VNI_LETTERS)


def _as_bytes_text(text: str) -> str:
    """Code points of cp1252 above 0xFF back to the byte they came from."""
    return text.translate(_CP1252_TO_BYTE)


def from_vni(text: str) -> str:
    """VNI text held as Latin-1 letters → Unicode."""

    def join(m: re.Match[str]) -> str:
        letter = tables.VNI_LETTERS.get(m[1], m[1])
        return unicodedata.normalize("NFC", letter + tables.VNI_MARKS[m[2].lower()])

    # A placeholder-free pass: pairs first, then letters that stand alone and were not part of a pair.
    out, at = [], 0
    for m in _VNI.finditer(text):
        out.append(text[at : m.start()].translate(_VNI_ALONE))
        out.append(join(m))
        at = m.end()
    out.append(text[at:].translate(_VNI_ALONE))
    return "".join(out)


def _read(text: str, encoding: str) -> str:
    if encoding == "vni":
        return from_vni(_as_bytes_text(text))
    read = nfc(_as_bytes_text(text).translate(_single_byte(encoding)))
    return _CAPITAL.sub(_one_capital, read) if encoding == "tcvn3" else read


def _one_capital(m: re.Match[str]) -> str:
    """TCVN3 has no capitals with a tone; converters write the capital and, after it, the small letter with the tone."""
    bare, tone = tone_of(m[2])
    return nfc(m[1] + tone) if tone and bare == m[1].lower() else m[0]


_LATIN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122\x1f]"
)
_CANDIDATES = ("tcvn3", "vni", "viscii", "vps")


def legacy_in_unicode(text: str) -> tuple[str, str | None]:
    """Text whose letters are old code points taken for Latin letters, line by line if the text is mixed.

    Returns the text in NFC and the encoding found (None when nothing was converted).
    """
    text = nfc(text) if not _LATIN.search(text) else text
    if not _LATIN.search(text):
        return text, None
    converted, encoding = _convert(text)
    if encoding:
        return converted, encoding
    lines, names = [], set()
    for line in text.split("\n"):
        new, name = _convert(line, least=12) if _LATIN.search(line) else (line, None)
        lines.append(new if name else line)
        if name:
            names.add(name)
    return nfc("\n".join(lines)), (min(names) if names else None)


def _convert(text: str, least: int = 0) -> tuple[str, str | None]:
    sample = text[:_SAMPLE]
    old = syllable_score(sample)
    if old > CONVERT_BELOW or len(_LATIN.findall(sample)) < least / 4:
        return text, None
    best, name = 0.0, None
    for encoding in _CANDIDATES:
        score = syllable_score(_read(sample, encoding))
        if score > best:
            best, name = score, encoding
    if name is None or best < CONVERT_FROM:
        return text, None
    return _read(text, name), name


def decode_legacy(data: bytes) -> Decoded:
    """Bytes of a text file in any encoding met in Vietnam → NFC text.

    Unreadable bytes never raise: what cannot be decided is read as Latin-1 with its low confidence.
    """
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            text = data[len(mark) :].decode(codec, "replace")
            return Decoded(*_after_unicode(text, "utf-8" if codec == "utf-8" else "utf-16"))
    if codec_guess := _utf16_without_mark(data):
        return Decoded(*_after_unicode(data.decode(codec_guess, "replace"), "utf-16"))
    try:
        return Decoded(*_after_unicode(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        pass
    return _single_byte_text(data)


def _after_unicode(text: str, encoding: str) -> tuple[str, str, float]:
    converted, name = legacy_in_unicode(text)
    return converted, name or encoding, 1.0


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows as zero bytes in every other place of Latin text."""
    head = data[:2000]
    if len(head) < 8 or len(head) % 2:
        head = head[: len(head) // 2 * 2]
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _single_byte_text(data: bytes) -> Decoded:
    latin = data.decode("latin-1")
    sample = latin[:_SAMPLE]
    readings = {name: _read(sample, name) for name in _CANDIDATES}
    readings["cp1258"] = nfc(data[:_SAMPLE].decode("cp1258", "replace"))
    scores = {name: syllable_score(text) for name, text in readings.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= CONVERT_FROM or (scores[best] > 0.6 and scores[best] > 1.5 * syllable_score(sample)):
        whole = nfc(data.decode("cp1258", "replace")) if best == "cp1258" else _read(latin, best)
        return Decoded(whole, best, round(scores[best], 3))
    return Decoded(nfc(data.decode("cp1252", "replace")), "latin-1", round(syllable_score(sample), 3))
