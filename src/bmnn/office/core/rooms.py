"""What the rooms of the office add to one another's work: modules of one name, found where a room has them."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from types import ModuleType

from django.apps import apps


def modules(name: str) -> Iterator[tuple[str, ModuleType]]:
    """(label of the room, its module `name`) of every room that has it, in the order of the settings.

    A broken module stops here, with its name.
    """
    for app in apps.get_app_configs():
        whole = f"{app.name}.{name}"
        if app.name.startswith("bmnn.office.") and importlib.util.find_spec(whole) is not None:
            yield app.label, importlib.import_module(whole)
