"""Runs one function on hostile bytes in a locked-down process with budgets and a watchdog.

    with Box("package.module:function", Limits(wall=15)) as box:
        outcome = box.call(paths=["nghi-van.doc"], argument={"depth": 6})

See `docs/architecture.md`, "The sandbox".
"""

from bmnn.sandbox.box import DEMANDED, Box
from bmnn.sandbox.limits import (
    GIB,
    LAYER_WORDS,
    MAX_FILES,
    MIB,
    WHY_WORDS,
    Job,
    Limits,
    Outcome,
    SandboxError,
    SandboxMissing,
)

__all__ = [
    "DEMANDED",
    "GIB",
    "LAYER_WORDS",
    "MAX_FILES",
    "MIB",
    "WHY_WORDS",
    "Box",
    "Job",
    "Limits",
    "Outcome",
    "SandboxError",
    "SandboxMissing",
]
