"""Documents that Office remembers: recent files and files whose content the user trusted."""

from __future__ import annotations

from urllib.parse import unquote

from bmnn.machines import times
from bmnn.machines.artefacts import Given
from bmnn.machines.hive import Hive, Key
from bmnn.machines.model import Evidence, OpenedFile


def read(item: Given, hive: Hive, out: Evidence) -> None:
    """`File MRU` (also below `User MRU`) and `TrustRecords` of every version and program of Office."""
    root = hive.get("Software\\Microsoft\\Office")
    for version in root.subkeys() if root else ():
        for app in version.subkeys():
            users = app.child("User MRU")
            for place in (
                [app.child("File MRU"), *(u.child("File MRU") for u in users.subkeys())]
                if users
                else [app.child("File MRU")]
            ):
                if place is not None:
                    _recent(item, place, out)
            trusted = app.get("Security\\Trusted Documents\\TrustRecords")
            if trusted is not None:
                _trusted(item, trusted, out)


def _recent(item: Given, place: Key, out: Evidence) -> None:
    """`Item 1` = `[F00000000][T01D5FC64B7E65ECE][O00000000]*D:\\…`: T is a FILETIME in hex."""
    for value in place.values():
        head, star, path = value.text.partition("*")
        if not star:
            continue
        try:
            at = times.filetime(int(head.partition("[T")[2][:16], 16))
        except ValueError:
            at = None
        out.opened.append(OpenedFile(item.at(f"{place.path}\\{value.name}"), path, at=at, how="office"))


def _trusted(item: Given, place: Key, out: Evidence) -> None:
    """The name of a value is the document; its data begins with the FILETIME at which it was trusted."""
    for value in place.values():
        path = unquote(value.name.removeprefix("file:///")).replace("/", "\\")
        if path:
            at = times.filetime_bytes(value.data)
            out.opened.append(OpenedFile(item.at(f"{place.path}\\{value.name}"), path, at=at, how="trusted"))
