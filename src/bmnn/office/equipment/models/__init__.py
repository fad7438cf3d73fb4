"""Projections of the acts on equipment."""

from bmnn.office.equipment.models.checks import Check, Finding, Minutes, Remedy
from bmnn.office.equipment.models.devices import Device, Repair, Seal, SecurityCheck, Step

__all__ = [
    "Check",
    "Device",
    "Finding",
    "Minutes",
    "Remedy",
    "Repair",
    "Seal",
    "SecurityCheck",
    "Step",
]
