"""Artefacts of a Windows computer → evidence → findings; correlation across computers and the device
register."""

from bmnn.machines.boxed import Reader
from bmnn.machines.check import Options, check
from bmnn.machines.collection import CollectionError
from bmnn.machines.programs import ListError
from bmnn.machines.register import Register, RegisterError

__all__ = ["CollectionError", "ListError", "Options", "Reader", "Register", "RegisterError", "check"]
