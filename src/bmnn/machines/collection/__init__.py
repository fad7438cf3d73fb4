"""Collections: the files taken from one computer, whatever tool took them and however they are packed."""

from bmnn.machines.collection.base import Collection, CollectionError, Item
from bmnn.machines.collection.open import layout_of, of_files, open_collection, source_of

__all__ = ["Collection", "CollectionError", "Item", "layout_of", "of_files", "open_collection", "source_of"]
