"""Registry hives: replays the logs, tells by its keys which hive it is, and hands it to that hive's
module."""

from __future__ import annotations

import contextlib

from bmnn.machines.artefacts import Given, reader
from bmnn.machines.hive import Hive, HiveDamaged, replay
from bmnn.machines.model import Evidence, Mark
from bmnn.machines.registry import amcache, software, system, user

WALK_LIMIT = 4 * 1024 * 1024


def kind_of(hive: Hive) -> str:
    """SYSTEM, SOFTWARE, NTUSER, UsrClass or Amcache by the keys below the root; "other" when none fits."""
    names = {key.name.casefold() for key in hive.root.subkeys()}
    if {"select", "mounteddevices"} & names and any(n.startswith("controlset") for n in names):
        return "SYSTEM"
    if any(n.startswith("controlset") for n in names):
        return "SYSTEM"
    if hive.get("Root\\InventoryApplicationFile") or hive.get("Root\\File") or hive.get("Root\\Programs"):
        return "Amcache"
    if "software" in names and names & {"control panel", "environment", "volatile environment", "console"}:
        return "NTUSER"
    if hive.get("Software\\Microsoft\\Windows\\CurrentVersion\\Explorer"):
        return "NTUSER"
    if "microsoft" in names and hive.get("Microsoft\\Windows NT\\CurrentVersion"):
        return "SOFTWARE"
    if "local settings" in names:
        return "UsrClass"
    return "other"


_MODULES = {
    "SYSTEM": system.read,
    "SOFTWARE": software.read,
    "NTUSER": user.read,
    "UsrClass": user.read_classes,
    "Amcache": amcache.read,
}


def _is_hive(name: str, head: bytes) -> bool:
    return head[:4] == b"regf" and not name.endswith((".log", ".log1", ".log2"))


@reader("registry", "Registry của Windows", _is_hive)
def read(item: Given, out: Evidence) -> None:
    """Raises HiveDamaged when the hive has no readable root."""
    done = replay(item.data, item.logs)
    hive = Hive(done.data)
    kind = kind_of(hive)
    was_dirty = item.data[4:8] != item.data[8:12]
    out.facts.update(hive=kind, primary_sequence=int.from_bytes(item.data[4:8], "little"))
    out.facts.update(secondary_sequence=int.from_bytes(item.data[8:12], "little"), dirty=was_dirty)
    out.facts.update(logs=len(item.logs), log_entries=done.entries, dirty_pages=done.pages)
    out.facts.update(older_pages=done.older_pages)
    if was_dirty and done.complete:
        out.note(
            f"registry chưa đóng sạch; đã phát lại {done.entries} mục nhật ký giao dịch ({done.pages} trang)"
        )
    elif was_dirty:
        why = "nhật ký giao dịch không dùng được" if item.logs else "không có nhật ký giao dịch kèm theo"
        out.note(f"registry chưa đóng sạch, {why}: các thiết bị gần đây có thể thiếu", partly=True)
        out.marks.append(
            Mark(item.at("base block"), "hive_not_closed", f"{kind}: {why}", "confirmed", hive.written)
        )
    if len(done.data) <= WALK_LIMIT:
        out.facts["keys"] = _count(hive)
        if done.with_older is not None:
            out.facts["dirty_pages_with_older"] = done.pages + done.older_pages
            with contextlib.suppress(HiveDamaged):
                out.facts["keys_with_older"] = _count(Hive(done.with_older))
    module = _MODULES.get(kind)
    if module is None:
        out.note("không phải loại registry cần kiểm tra")
    else:
        module(item, hive, out)
    if hive.damage:
        out.note(f"có {hive.damage} ô registry hỏng đã bỏ qua", partly=True)


def _count(hive: Hive) -> int:
    """How many keys can be reached from the root; each only once, so that a loop ends."""
    seen: set[int] = set()
    stack = [hive.root.nk]
    while stack:
        nk = stack.pop()
        if nk in seen:
            continue
        seen.add(nk)
        stack.extend(hive.subkey_cells(nk))
    return len(seen)
