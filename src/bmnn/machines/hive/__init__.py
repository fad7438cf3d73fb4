"""Registry hives of Windows (regf): read in place, with their transaction logs replayed."""

from bmnn.machines.hive.log import Replay, replay
from bmnn.machines.hive.regf import Hive, HiveDamaged, Key, Value

__all__ = ["Hive", "HiveDamaged", "Key", "Replay", "Value", "replay"]
