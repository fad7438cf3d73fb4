"""Level stamps as pictures: found on colour, grey and black-and-white scans, worn, turned or over text."""

from bmnn.discovery.stamps.detect import Stamp, contradicts, find_stamps
from bmnn.discovery.stamps.judge import Reader

__all__ = ["Reader", "Stamp", "contradicts", "find_stamps"]
