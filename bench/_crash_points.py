"""Power cuts out of a recording: what a disk may hold when the current goes, given the writes and syncs of a run.

The recording is strace's, so the path under test is the application's own. What was synced is on the disk. Of what
was written since the last sync of its file each write may be there, be missing, or be torn at any 512 bytes, and
later writes may be there without earlier ones.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_CALL = re.compile(
    rb"^(?:\d+\s+)?(?:[\d.]+\s+)?(pwrite64|write|ftruncate|fsync|fdatasync|unlink)\((?:(\d+)<([^>]*)>)?(.*)\)\s+= (\d+)"
)
_BYTES = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?(?:, (\d+)(?:, (\d+))?)?')


@dataclass(frozen=True)
class Op:
    """One call: `kind` write, truncate, sync, unlink or said (a line on standard output)."""

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""


def _hex(text: bytes) -> bytes:
    return bytes.fromhex(text.replace(b"\\x", b"").decode())


def read(trace: Path, folder: Path) -> list[Op]:
    """The calls on the files of a folder, and the lines said, in order."""
    found = []
    for line in trace.read_bytes().splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        name, number, path, rest = match[1], match[2], match[3] or b"", match[4]
        if b"\\x" in path:
            path = _hex(path)
        file = Path(path.decode()).name if path.startswith(bytes(folder)) else ""
        if name == b"write" and number == b"1":
            found.append(Op("said", data=_hex(_BYTES.search(rest)[1])))  # type: ignore[index]
        elif name == b"unlink":
            path = _hex(_BYTES.search(rest)[1])  # type: ignore[index]
            if path.startswith(bytes(folder)):
                found.append(Op("unlink", Path(path.decode()).name))
        elif not file:
            continue
        elif name == b"pwrite64":
            said = _BYTES.search(rest)
            assert said is not None and not said[2], "bản ghi bị cắt"
            found.append(Op("write", file, int(said[4]), _hex(said[1])))
        elif name == b"ftruncate":
            found.append(Op("truncate", file, int(rest.strip(b", ").split()[-1])))
        else:
            found.append(Op("sync", file))
    return found


@dataclass
class File:
    """A file on the simulated disk: what is certain, and what is on its way."""

    kept: bytearray = field(default_factory=bytearray)
    waiting: list[Op] = field(default_factory=list)

    def sync(self) -> None:
        """All that waits is on the disk."""
        for op in self.waiting:
            _apply(self.kept, op)
        self.waiting = []

    def after_cut(self, chance: random.Random) -> bytes:
        """One state in which the disk may be found."""
        content = bytearray(self.kept)
        for op in self.waiting:
            fate = chance.random()
            if fate < 0.4:
                continue
            if fate < 0.7 or op.kind != "write" or len(op.data) <= SECTOR:
                _apply(content, op)
                continue
            for start in range(0, len(op.data), SECTOR):
                if chance.random() < 0.5:
                    _apply(content, Op("write", op.file, op.at + start, op.data[start : start + SECTOR]))
        return bytes(content)


def _apply(content: bytearray, op: Op) -> None:
    if op.kind == "truncate":
        del content[op.at :]
        content.extend(bytes(op.at - len(content)))
    elif op.kind == "unlink":
        content.clear()
    else:
        content.extend(bytes(max(0, op.at - len(content))))
        content[op.at : op.at + len(op.data)] = op.data


def cuts(
    ops: list[Op], start: dict[str, bytes], points: int, chance: random.Random
) -> Iterator[tuple[dict[str, bytes], list[bytes]]]:
    """`points` power cuts at random calls: the files as found afterwards, and the lines said before the cut."""
    wanted = sorted(chance.randrange(len(ops) + 1) for _ in range(points))
    files = {name: File(bytearray(content)) for name, content in start.items()}
    said: list[bytes] = []
    done = 0
    for at in wanted:
        for op in ops[done:at]:
            if op.kind == "said":
                said += op.data.splitlines()
            elif op.kind == "sync":
                files.setdefault(op.file, File()).sync()
            else:
                files.setdefault(op.file, File()).waiting.append(op)
        done = at
        yield {name: file.after_cut(chance) for name, file in files.items()}, list(said)
