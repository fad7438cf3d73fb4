"""A scan of disks, shares, sticks, mailboxes and exports: walking, reading in the sandbox, judging, going on.

Importing the package loads nothing: the worker takes `job` from it and starts the sooner without the rest.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bmnn.discovery.scan.box import scan_box
    from bmnn.discovery.scan.item import NOT_OCR
    from bmnn.discovery.scan.options import Options, Progress, Silent, entries_on
    from bmnn.discovery.scan.run import scan
    from bmnn.discovery.scan.state import state_path
    from bmnn.discovery.scan.texts import whole_texts

__all__ = [
    "NOT_OCR",
    "Options",
    "Progress",
    "Silent",
    "entries_on",
    "scan",
    "scan_box",
    "state_path",
    "whole_texts",
]

_HOMES = {
    "NOT_OCR": "item",
    "Options": "options",
    "Progress": "options",
    "Silent": "options",
    "entries_on": "options",
    "scan": "run",
    "scan_box": "box",
    "state_path": "state",
    "whole_texts": "texts",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
