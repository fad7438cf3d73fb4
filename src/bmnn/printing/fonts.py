"""Which font paper is set in. Chosen by looking into the font files, never by name alone.

Debian's Liberation Serif 1.07 lacks 92 of the Vietnamese letters, and a typesetter that falls back mixes fonts
without a word. So a family counts only when each of its four files maps every Vietnamese letter; Libertinus
Serif, which typst carries, is always there as the last choice.
"""

from __future__ import annotations

import itertools
import os
import struct
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst

CARRIED = "Libertinus Serif"

_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
VIETNAMESE = "".join(
    sorted(
        {
            unicodedata.normalize("NFC", form)
            for vowel, tone in itertools.product(_VOWELS, ["", *_TONES])
            for form in (vowel + tone, (vowel + tone).upper())
        }
        | {"đ", "Đ"}
    )
)
"""Every letter of Vietnamese beside the plain consonants: 146, capital and small."""


@dataclass(frozen=True)
class Family:
    """A font family: its name, its four files (upright, bold, italic, bold italic), folders where they may lie."""

    name: str
    files: tuple[str, ...]
    folders: tuple[Path, ...]


def _windows() -> Path:
    return Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"


FAMILIES: tuple[Family, ...] = (
    Family("Times New Roman", ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"), (_windows(),)),
    Family(
        "Times New Roman",
        tuple(f"Times_New_Roman{s}.ttf" for s in ("", "_Bold", "_Italic", "_Bold_Italic")),
        (Path("/usr/share/fonts/truetype/msttcorefonts"),),
    ),
    Family(
        "Liberation Serif",
        tuple(f"LiberationSerif-{s}.ttf" for s in ("Regular", "Bold", "Italic", "BoldItalic")),
        tuple(
            Path("/usr/share/fonts") / p
            for p in (
                "truetype/liberation2",
                "truetype/liberation",
                "liberation-serif",
                "liberation-serif-fonts",
            )
        ),
    ),
)


@dataclass(frozen=True)
class Face:
    """The chosen family and the folder that holds it (None: carried by typst)."""

    name: str
    folder: Path | None


def letters_of(path: Path) -> set[int]:
    """The code points a TrueType or OpenType file maps to a glyph (cmap formats 4 and 12).

    Raises ValueError when the file is no such font. Source: OpenType 1.9, "cmap".
    """
    data = path.read_bytes()
    try:
        tables = struct.unpack_from(">H", data, 4)[0]
        directory = (struct.unpack_from(">4sIII", data, 12 + 16 * i) for i in range(tables))
        start = next(offset for tag, _sum, offset, _length in directory if tag == b"cmap")
        count = struct.unpack_from(">H", data, start + 2)[0]
        found: set[int] = set()
        for i in range(count):
            platform, _encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * i)
            if platform in (0, 3):
                found |= _mapped(data, start + offset)
    except (struct.error, StopIteration, IndexError) as error:
        raise ValueError(f"{path.name}: không phải tệp phông chữ TrueType") from error
    return found


def _mapped(data: bytes, at: int) -> set[int]:
    kind = struct.unpack_from(">H", data, at)[0]
    if kind == 4:
        return _format_4(data, at)
    if kind == 12:
        groups = struct.unpack_from(">I", data, at + 12)[0]
        spans = (struct.unpack_from(">III", data, at + 16 + 12 * i) for i in range(groups))
        return {
            c
            for first, last, glyph in spans
            for c in range(first, min(last, 0x10FFFF) + 1)
            if glyph or c > first
        }
    return set()


def _format_4(data: bytes, at: int) -> set[int]:
    segments = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", data, at + 14)
    starts = struct.unpack_from(f">{segments}H", data, at + 16 + 2 * segments)
    deltas = struct.unpack_from(f">{segments}H", data, at + 16 + 4 * segments)
    ranges_at = at + 16 + 6 * segments
    ranges = struct.unpack_from(f">{segments}H", data, ranges_at)
    found = set()
    for i, (first, last, delta, reach) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(first, last + 1):
            if code == 0xFFFF:
                continue
            glyph = (code + delta) & 0xFFFF
            if reach:
                glyph = struct.unpack_from(">H", data, ranges_at + 2 * i + reach + 2 * (code - first))[0]
            if glyph:
                found.add(code)
    return found


def draws_vietnamese(path: Path) -> bool:
    """Whether the file maps every Vietnamese letter. A file that cannot be read does not."""
    try:
        return set(map(ord, VIETNAMESE)) <= letters_of(path)
    except (OSError, ValueError):
        return False


def choose(families: tuple[Family, ...] = FAMILIES) -> Face:
    """The first family of which all four files draw Vietnamese; else the carried one."""
    for family in families:
        for folder in family.folders:
            if all(draws_vietnamese(folder / name) for name in family.files):
                return Face(family.name, folder)
    return Face(CARRIED, None)


@lru_cache(maxsize=1)
def face() -> Face:
    """The font of this machine, looked for once."""
    return choose()


def font_name() -> str:
    """The family this machine prints in."""
    return face().name


@lru_cache(maxsize=4)
def loaded(folder: Path | None) -> typst.Fonts:
    """The fonts given to typst: the chosen folder and the carried ones; never what else the system has."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(folder)] if folder else [],
    )


def chain(chosen: Face) -> list[str]:
    """The families a text may use, in order. Signs outside the first (arrows, ticks) come from the carried ones."""
    return list(dict.fromkeys([chosen.name, CARRIED, "DejaVu Sans Mono"]))
