"""Watches the connections of every process that a test run starts: browsers, commands, workers.

The guard in conftest stops Python's sockets inside the run itself; this looks from outside, at the kernel's tables,
so that no program started by a test can reach beyond loopback unseen. Linux only; elsewhere it sees nothing and
says so.
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
import threading
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_TABLES = ("tcp", "tcp6", "udp", "udp6")
EVERY = 0.2


def remote_address(field: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address in a field of /proc/net/tcp or tcp6: hex words in the machine's byte order."""
    words = field.split(":")[0]
    raw = b"".join(bytes.fromhex(words[i : i + 8])[::-1] for i in range(0, len(words), 8))
    address = ipaddress.ip_address(raw)
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def outside() -> dict[str, str]:
    """Sockets connected beyond loopback on this machine: inode → address, whoever holds them."""
    found = {}
    for table in _TABLES:
        with contextlib.suppress(OSError):
            for line in (_PROC / "net" / table).read_text().splitlines()[1:]:
                parts = line.split()
                address = remote_address(parts[2])
                if not (address.is_loopback or address.is_unspecified):
                    found[parts[9]] = str(address)
    return found


def family(root: int) -> set[int]:
    """A process and all below it."""
    parents = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    found, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return found


def held(pids: set[int]) -> Iterator[tuple[int, str]]:
    """The sockets that the processes hold: (pid, inode)."""
    for pid in pids:
        with contextlib.suppress(OSError):
            for handle in (_PROC / str(pid) / "fd").iterdir():
                with contextlib.suppress(OSError):
                    target = os.readlink(handle)
                    if target.startswith("socket:["):
                        yield pid, target[8:-1]


class Watch(threading.Thread):
    """Looks every fifth of a second; `seen` says which program was connected where."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root = root
        self.seen: set[str] = set()
        self._stop_asked = threading.Event()

    def run(self) -> None:
        while not self._stop_asked.wait(EVERY):
            self.look()

    def look(self) -> None:
        """One look now."""
        addresses = outside()
        if not addresses:
            return
        for pid, inode in held(family(self.root)):
            if inode in addresses:
                with contextlib.suppress(OSError):
                    name = (_PROC / str(pid) / "comm").read_text().strip()
                    self.seen.add(f"{name} → {addresses[inode]}")

    def end(self) -> set[str]:
        """Stop looking; what was seen."""
        self.look()
        self._stop_asked.set()
        return self.seen
