"""Reads .po files and writes the .mo Django loads (GNU gettext's binary format).

`python -m tests.office.web.po` writes the site's django.mo again.
"""

from __future__ import annotations

import ast
import re
import struct
from dataclasses import dataclass, field
from pathlib import Path

OURS = Path(__file__).parents[3] / "src/bmnn/office/web/locale/vi/LC_MESSAGES/django.po"


@dataclass
class Entry:
    """One message: context, text, plural, translations by number; `fuzzy` ones do not count."""

    context: str = ""
    text: str = ""
    plural: str = ""
    said: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def key(self) -> str:
        """How the binary file names it."""
        words = f"{self.text}\0{self.plural}" if self.plural else self.text
        return f"{self.context}\x04{words}" if self.context else words


def read(path: Path) -> list[Entry]:
    """Every entry of a .po file, the header (empty text) first."""
    entries = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        entry, at = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#,"):
                entry.fuzzy |= "fuzzy" in line
            found = re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)?\s*(".*")$', line)
            if line.startswith("#") or found is None:
                continue
            at = found[1] or at
            text = ast.literal_eval(found[3])
            if at == "msgctxt":
                entry.context += text
            elif at == "msgid":
                entry.text += text
            elif at == "msgid_plural":
                entry.plural += text
            else:
                number = int(re.sub(r"\D", "", at) or 0)
                entry.said[number] = entry.said.get(number, "") + text
        if entry.said:
            entries.append(entry)
    return entries


def compiled(entries: list[Entry]) -> bytes:
    """The .mo file."""
    pairs = sorted(
        (e.key.encode(), "\0".join(e.said[n] for n in sorted(e.said)).encode())
        for e in entries
        if not e.fuzzy and any(e.said.values())
    )
    start = 28 + 16 * len(pairs)
    keys, values, table_keys, table_values = b"", b"", b"", b""
    keys_size = sum(len(k) + 1 for k, _v in pairs)
    for key, value in pairs:
        table_keys += struct.pack("<II", len(key), start + len(keys))
        table_values += struct.pack("<II", len(value), start + keys_size + len(values))
        keys += key + b"\0"
        values += value + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + table_keys + table_values + keys + values


if __name__ == "__main__":
    OURS.with_suffix(".mo").write_bytes(compiled(read(OURS)))
