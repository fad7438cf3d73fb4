"""What reading one file may still unpack, shared by everything nested in it."""

from __future__ import annotations

from bmnn.reading.model import ReadingLimits, Unread


class Budget:
    """Counts members and bytes while they are read: headers lie, counters do not."""

    def __init__(self, limits: ReadingLimits) -> None:
        """Everything is still to be spent."""
        self.limits = limits
        self.members = limits.members
        self.bytes = limits.total

    def member(self) -> None:
        """One more member of any container. Raises Unread("too_many")."""
        if self.members <= 0:
            raise Unread("too_many")
        self.members -= 1

    def room(self) -> int:
        """Bytes the next member may have. Raises Unread("total") when nothing is left."""
        if self.bytes <= 0:
            raise Unread("total")
        return min(self.limits.member, self.bytes)

    def spend(self, count: int) -> None:
        """Bytes unpacked and kept."""
        self.bytes -= count

    def check_ratio(self, packed: int, unpacked: int) -> None:
        """Raises Unread("ratio") when a large member grew too much."""
        if unpacked > self.limits.ratio_from and unpacked > self.limits.ratio * max(1, packed):
            raise Unread("ratio")
