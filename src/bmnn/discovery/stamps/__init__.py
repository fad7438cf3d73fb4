"""Level stamps as pictures: found on colour, grey and black-and-white scans, worn, turned or over text."""

from bmnn.discovery.stamps.detect import Stamp, find_stamps

__all__ = ["Stamp", "find_stamps"]
