"""Single artefacts made here, byte by byte: shortcuts, shell items, ShimCache, and hives of a foreign writer."""

from __future__ import annotations

import struct
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bmnn.machines.hive.write import hive

DAY = datetime(2025, 3, 1, 2, 0, tzinfo=UTC)


def ticks(moment: datetime = DAY) -> bytes:
    """A FILETIME, in bytes."""
    return struct.pack("<Q", int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000))


def shortcut(path: str, serial: int = 0x1234ABCD, drive: int = 2, label: str = "KHO") -> bytes:
    """A .lnk with the volume it points into ([MS-SHLLINK] 2.3); the path also in Unicode."""
    header = struct.pack("<I16sII", 76, bytes.fromhex("0114020000000000c000000000000046"), 0x2 | 0x80, 0x20)
    header += ticks() * 3 + bytes(76 - len(header) - 24)
    volume_label = label.encode("cp1258", "replace") + b"\0"
    volume = struct.pack("<IIII", 16 + len(volume_label), drive, serial, 16) + volume_label
    short = path.encode("cp1258", "replace") + b"\0"
    wide = path.encode("utf-16-le") + b"\0\0"
    at = 36
    base_at, suffix_at = at + len(volume), at + len(volume) + len(short)
    wide_at = suffix_at + 1
    info = struct.pack("<IIIIIII", wide_at + len(wide) + 2, 36, 1, at, base_at, 0, suffix_at)
    info += struct.pack("<II", wide_at, wide_at + len(wide)) + volume + short + b"\0" + wide + b"\0\0"
    return header + info + bytes(4)


def custom_list(*shortcuts: bytes) -> bytes:
    """A custom jump list: version, categories, then shortcuts each behind its class id."""
    head = struct.pack("<IIII", 2, 1, 0, 2) + struct.pack("<I", len(shortcuts))
    guid = bytes.fromhex("0114020000000000c000000000000046")
    return head + b"".join(guid + s for s in shortcuts) + struct.pack("<I", 0xBABFFBAB)


def drive_item(letter: str) -> bytes:
    """A shell item of a drive."""
    body = b"\x2f" + f"{letter}:\\".encode() + bytes(19)
    return struct.pack("<H", len(body) + 2) + body


def file_item(name: str, version: int = 9) -> bytes:
    """A shell item of a folder with its long name."""
    short = b"THUMUC~1\0\0"
    head = b"\x31\0" + struct.pack("<IIH", 0, 0, 0x10) + short
    inner = struct.pack("<IIH", 0, 0, 0x2E)
    if version >= 7:
        inner += bytes(18)
    inner += bytes(2)
    inner += bytes(4) if version >= 9 else b""
    inner += bytes(4) if version >= 8 else b""
    inner += name.encode("utf-16-le") + b"\0\0"
    block = (
        struct.pack("<HHI", len(inner) + 10, version, 0xBEEF0004) + inner + struct.pack("<H", len(head) + 2)
    )
    body = head + block
    return struct.pack("<H", len(body) + 2) + body


def device_item(path: str) -> bytes:
    """A shell item of a portable device: its device path in Unicode."""
    body = b"\x2e\0" + bytes(20) + path.encode("utf-16-le") + b"\0\0"
    return struct.pack("<H", len(body) + 2) + body


def pidl(*items: bytes) -> bytes:
    """A list of shell items."""
    return b"".join(items) + b"\0\0"


def shim_10(paths: list[str], head: int = 0x34) -> bytes:
    """ShimCache of Windows 10."""
    rows = b""
    for path in paths:
        raw = path.encode("utf-16-le")
        tail = struct.pack("<H", len(raw)) + raw + ticks() + struct.pack("<I", 0)
        rows += b"10ts" + struct.pack("<II", 0, len(tail)) + tail
    return struct.pack("<I", head).ljust(head, b"\0") + rows


def shim_8(paths: list[str], mark: bytes = b"10ts") -> bytes:
    """ShimCache of Windows 8 and 8.1."""
    return bytes(128) + shim_10(paths)[0x34:].replace(b"10ts", mark)


def shim_7(paths: list[str], wide: bool) -> bytes:
    """ShimCache of Windows 7, 64-bit (`wide`) or 32-bit."""
    size = 48 if wide else 32
    at = 128 + size * len(paths)
    rows, texts = b"", b""
    for path in paths:
        raw = ("\\??\\" + path).encode("utf-16-le")
        where = at + len(texts)
        if wide:
            rows += struct.pack("<HHIQ", len(raw), len(raw) + 2, 0, where) + ticks() + bytes(24)
        else:
            rows += struct.pack("<HHI", len(raw), len(raw) + 2, where) + ticks() + bytes(16)
        texts += raw
    return struct.pack("<II", 0xBADC0FEE, len(paths)).ljust(128, b"\0") + rows + texts


def foreign_hive(tool: str, tree: dict[str, Any], folder: Path) -> bytes:
    """The same tree as `hive` takes, written by Debian's hivexregedit into an empty hive."""
    lines: list[str] = []

    def put(path: str, node: dict[str, Any]) -> None:
        lines.append(f"[{path or chr(92)}]")
        for name, (kind, content) in node.get("", {}).items():
            data = content.encode("utf-16-le") + b"\0\0" if isinstance(content, str) else content
            data = struct.pack("<I", data) if isinstance(data, int) else data
            quoted = '"' + name.replace("\\", "\\\\") + '"' if name else "@"
            lines.append(f"{quoted}=hex({kind & 0xFFFFFFFF:x}):{','.join(f'{b:02x}' for b in data)}")
        lines.append("")
        for name, child in node.items():
            if name:
                put(f"{path}\\{name}", child)

    put("", tree)
    base = folder / "trong.hive"
    base.write_bytes(hive({}))
    text = "\n".join(lines).encode("ascii")
    done = subprocess.run([tool, "--merge", str(base)], input=text, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return base.read_bytes()
