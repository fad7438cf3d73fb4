"""What runs inside the locked-down process: opens the collection it was handed and sends what each item gave.

`argument`: layout (files, zip, tar), source, raws (paths of the files), start, share, shares. Items sent: first
`{"collection": …}` (from share 0 of an archive), then for each item `{"begin": number, "path": …}` and
`{"number": …, "artefact": …, "traces": …}`. The parent knows from `begin` which item broke the worker.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from bmnn.machines import artefacts, codec, events, malware
from bmnn.machines.collection import Collection, CollectionError, of_files
from bmnn.machines.collection.archive import open_tar, open_zip
from bmnn.machines.reading import read_item

_RULES: list[malware.Rules] = []


def setup(argument: Any) -> None:
    """Before the lock closes: loads every parser and compiles the rules (`argument`: folder of rules or None)."""
    artefacts.load()
    events.load()
    malware.preload()
    _RULES[:] = [malware.load(Path(argument) if argument else None)]


def read(files: list[BinaryIO], argument: Any) -> Iterator[dict[str, Any]]:
    """Generator of JSON values; see the head of this module."""
    rules = _RULES[0]
    try:
        collection = _open(files, argument)
    except CollectionError as error:
        yield {"refused": str(error)}
        return
    start, share, shares = argument["start"], argument["share"], argument["shares"]
    if share == 0 and start == 0 and argument["layout"] != "files":
        yield {
            "collection": [[i.path, i.raw, i.size] for i in collection.items],
            "notes": collection.notes[:200],
        }
    for number in range(start, len(collection.items)):
        if number % shares != share:
            continue
        item = collection.items[number]
        yield {"begin": number, "path": item.path}
        found = read_item(collection, number, rules)
        if found.artefact is not None and found.evidence is not None:
            yield {
                "number": number,
                "raw": found.raw,
                "artefact": found.artefact.json(),
                "traces": codec.encode(found.evidence),
            }
        elif found.too_large:
            yield {"number": number, "too_large": item.path}


def dispatch(files: list[BinaryIO], argument: Any) -> Iterator[dict[str, Any]]:
    """The one target of the box: rules or a collection."""
    if argument.get("rules"):
        yield {"sets": _RULES[0].sets, "problems": _RULES[0].problems}
    else:
        yield from read(files, argument)


def _open(files: list[BinaryIO], argument: Any) -> Collection:
    source = argument["source"]
    if argument["layout"] == "files":
        return of_files(files, argument["raws"], source)
    return (open_zip if argument["layout"] == "zip" else open_tar)(files[0], source)
