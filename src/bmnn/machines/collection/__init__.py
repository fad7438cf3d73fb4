"""Collections: the files taken from one computer, whatever tool took them and however they are packed."""

from bmnn.machines.collection.base import Collection, CollectionError, Item
from bmnn.machines.collection.open import open_collection

__all__ = ["Collection", "CollectionError", "Item", "open_collection"]
