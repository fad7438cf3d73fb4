"""Event logs (.evtx): every record is read, only those with a handler are taken apart."""

from __future__ import annotations

import io
import json
import re

import evtx as pyevtx

from bmnn.machines import events, times
from bmnn.machines.artefacts import Given, reader
from bmnn.machines.model import Evidence

_PROVIDER = re.compile(r'"Provider":\{"#attributes":\{[^}]*?"Name":"([^"]*)"')
_NUMBER = re.compile(r'"EventID":(?:"?(\d+)|\{[^}]*\{[^}]*\}[^}]*"#text":"?(\d+)|\{"#text":"?(\d+))')
_CHANNEL = re.compile(r'"Channel":"([^"]*)"')
_HEAD = 1200


@reader("evtx", "Nhật ký sự kiện", lambda name, head: head[:8] == b"ElfFile\0")
def read(item: Given, out: Evidence) -> None:
    """Raises on a file whose header is unreadable; bad chunks and records are skipped and counted."""
    handlers = events.load()
    total = bad = used = 0
    computers: dict[str, int] = {}
    numbers: set[int] = set()
    channel = ""
    for record in _records(item.data):
        if not isinstance(record, dict):
            bad += 1
            continue
        total += 1
        numbers.add(int(record["event_record_id"]))
        text = record["data"]
        provider, number = _PROVIDER.search(text, 0, _HEAD), _NUMBER.search(text, 0, _HEAD)
        if not channel and (named := _CHANNEL.search(text)):
            channel = named[1]
        if provider is None or number is None:
            continue
        key = (provider[1].casefold(), int(number[1] or number[2] or number[3]))
        handler = handlers.get(key)
        if handler is None:
            continue
        try:
            body = json.loads(text)["Event"]
            system = body["System"]
            stamp = system["TimeCreated"]["#attributes"]["SystemTime"]
            of_record = str(system.get("Channel") or "")
            data = events.flatten(body.get("EventData") or body.get("UserData") or {}, {})
            computer = str(system.get("Computer") or "")
            source = item.at(f"{of_record}#{record['event_record_id']}")
            handler(
                events.Event(source, provider[1], key[1], times.parse_iso(stamp), of_record, computer, data),
                out,
            )
            computers[computer] = computers.get(computer, 0) + 1
            used += 1
        except (ValueError, KeyError, TypeError, AttributeError):
            bad += 1
    out.facts.update(records=total, used=used)
    if channel:
        out.facts["channel"] = channel
    if numbers:
        out.facts["missing_records"] = max(numbers) - min(numbers) + 1 - len(numbers)
    if computers:
        name = max(sorted(computers), key=lambda c: computers[c])
        out.machine["event_computer"] = name
        out.facts["computers"] = sorted(computers)
    if bad:
        out.note(f"có {bad} bản ghi hỏng đã bỏ qua", partly=True)
    if total == 0:
        out.note("nhật ký không có bản ghi nào đọc được", partly=bad > 0)


def _records(data: bytes) -> list[object]:
    """Records as the library gives them; a record or chunk it refuses becomes None."""
    found: list[object] = []
    iterator = iter(pyevtx.PyEvtxParser(io.BytesIO(data)).records_json())
    failures = 0
    while failures < 10_000:
        try:
            found.append(next(iterator))
        except StopIteration:
            return found
        except RuntimeError:
            failures += 1
            found.append(None)
    return found
