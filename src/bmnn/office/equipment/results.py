"""The result of a machine check, cut down to what the file keeps.

The log never forgets, so two things stay out of it: names of documents (a name may be the summary of a Tuyệt
mật document, which exists nowhere; decision 0075) and the mass of single traces. What is kept says what was
found, from which artefact, and what it does not prove; the whole result can be computed again from the
collection. Numbers are whole, because events hold no fractions.
"""

from __future__ import annotations

import re
from typing import Any

MAX_OBSERVATIONS = 12
MAX_DEVICES = 200
MAX_EVENTS = 150
MAX_FINDINGS = 500
_NAMED = "secret_name_opened"
_MARKED = {"malware_indicator", "usb_worm_structure", "traces_removed"}
# Names that Windows, browsers and our own collector give to artefacts; nobody calls a document so.
_NAMES = {
    "system",
    "software",
    "ntuser.dat",
    "usrclass.dat",
    "amcache.hve",
    "history",
    "places.sqlite",
    "srudb.dat",
}
_STARTS = ("setupapi.", "danh-sach-tep", "thu-thap.")
_ENDINGS = (
    ".evtx", ".pf", ".hve", ".exe", ".dll", ".ocx", ".scr", ".com", ".sys", ".yar", ".yara", ".sha256", ".sha1", ".md5",
)  # fmt: skip
_SYSTEM_FOLDERS = re.compile(
    r"(?:[A-Z]:/)?(?:Windows/|ProgramData/Microsoft/|Users/[^/]+/(?:AppData/)?)(?!Desktop|Documents|Downloads)",
    re.IGNORECASE,
)
_JUMP_LIST = re.compile(r"[0-9a-f]{1,16}\.(?:automatic|custom)destinations-ms")
_QUOTED = re.compile(r"«([^»]*)»")


def reduce(result: dict[str, Any], collections: list[dict[str, Any]]) -> dict[str, Any]:
    """`collections`: name, sha256 and size of each file that was checked."""
    return {
        "collections": [{k: c[k] for k in ("name", "sha256", "size")} for c in collections],
        "machines": [_machine(m) for m in result["machines"]],
        "findings": _findings(result),
        "shared_devices": result["shared_devices"][:MAX_DEVICES],
        "rules": [{"name": r["name"], "date": r["date"], "from": r["from"]} for r in result["rules"]],
        "problems": list(result["problems"])[:50],
        "limits": list(result["limits"]),
    }


def _machine(m: dict[str, Any]) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for artefact in m["artefacts"]:
        counts[artefact["status"]] = counts.get(artefact["status"], 0) + 1
    facts = m["facts"]
    return {
        "name": m["name"],
        "source": m["source"],
        "role": m["role"] or "",
        "os": m["os"] or "",
        "timezone": m["timezone"] or "",
        "serial": facts.get("bios_serial", ""),
        "collected_at": facts.get("collected_at", ""),
        "collected_by": facts.get("collected_by", ""),
        "notes": [masked(n) for n in m["notes"][:20]],
        "artefacts": counts,
        "not_read": [
            {"path": hidden(a["path"]), "status": a["status"], "note": masked(a["note"])[:300]}
            for a in m["artefacts"]
            if a["status"] != "read"
        ][:60],
        "devices": [_device(d) for d in m["devices"][:MAX_DEVICES]],
        "networks": [
            {k: n[k] for k in ("name", "kind", "first", "last", "connections")} for n in m["networks"][:100]
        ],
        "internet": m["internet"]["used"],
        "applications": [a["name"] for a in m["applications"]],
        "events": _events(m),
    }


def _device(d: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": d["kind"],
        "name": d["name"],
        "vid": d["vid"] or "",
        "pid": d["pid"] or "",
        "serial": d["serial"] or "",
        "reliable": d["serial_reliable"],
        "bus": d["bus"] or "",
        "labels": d["labels"][:5],
        "first": d["first_install"] or d["first_seen"],
        "last": d["last_removal"] or d["last_arrival"] or d["last_seen"],
        "registered": d["registered"],
    }


def _events(m: dict[str, Any]) -> list[dict[str, str]]:
    """What the timeline of the computer shows: kind, moment, words."""
    found: list[tuple[str | None, str, str]] = []
    for d in m["devices"]:
        kind = "phone" if d["kind"] == "phone" else "device"
        name = f"{d['name'] or 'thiết bị'} {d['serial'] or ''}".strip()
        found.append((d["first_install"] or d["first_seen"], kind, f"{name}: lần đầu"))
        found.append((d["last_removal"] or d["last_arrival"] or d["last_seen"], kind, f"{name}: lần cuối"))
    for n in m["networks"]:
        found.append((n["first"], "network", f"Mạng «{n['name']}»: lần đầu"))
        found.append((n["last"], "network", f"Mạng «{n['name']}»: lần cuối"))
    strong = [e for e in m["internet"]["evidence"] if e["strength"] == "strong" and e["at"]]
    for e in strong[:1] + strong[-1:]:
        found.append((e["at"], "internet", "Dùng Internet"))
    for c in m["clock_changes"]:
        if abs(c["seconds"]) > 3600 and c["kind"] in ("user", "time_service"):
            found.append((c["at"], "clock", f"Đồng hồ đổi {round(c['seconds'] / 60)} phút"))
    for c in m["logs_cleared"]:
        found.append((c["at"], "cleared", f"Xóa nhật ký {c['channel']}"))
    found.append((m["facts"].get("installed"), "installed", "Cài Windows"))
    rows = sorted({(at, kind, text) for at, kind, text in found if at})
    return [{"at": at, "kind": kind, "text": text} for at, kind, text in rows[:MAX_EVENTS]]


def _findings(result: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    named: dict[tuple[str, str], dict[str, Any]] = {}
    for f in result["findings"][:MAX_FINDINGS]:
        machines = [f["machine"]] if isinstance(f["machine"], str) else list(f["machine"])
        row = {
            "code": f["code"],
            "title": f["title"],
            "machines": machines,
            "severity": f["severity"],
            "confidence": f["confidence"],
            "summary": masked(f["summary"]) if f["code"] in _MARKED else f["summary"],
            "law": list(f["law"]),
            "observations": [
                {
                    "artefact": hidden(o["artefact"]),
                    "key": _key(o["key"]),
                    "at": o["at"],
                    "machine": o["machine"],
                }
                for o in f["observations"][:MAX_OBSERVATIONS]
            ],
            "total": f["observations_total"],
            "does_not_prove": f["does_not_prove"],
            "serial": f["device"] or "",
        }
        if f["code"] != _NAMED:
            found.append(row)
            continue
        # One line for all names of a computer: how many, never which.
        known = named.setdefault(
            (machines[0], f["severity"]), {**row, "names": 0, "observations": [], "total": 0}
        )
        known["names"] += 1
        known["total"] += row["total"]
        known["observations"] = (known["observations"] + _nameless(row["observations"]))[:MAX_OBSERVATIONS]
    for (machine, _), row in named.items():
        count = row.pop("names")
        row["summary"] = (
            f"Máy {machine} đã mở {count} tệp có tên giống tài liệu mật. Tên tệp không lưu vào hồ sơ; xem lại bằng "
            "lệnh kiểm tra trên chính bộ thu thập."
        )
        found.append(row)
    return found


def _nameless(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Observations of opened documents without what could name one."""
    return [{**r, "key": r["key"].rsplit("\\", 1)[-1][:40] if "\\" in r["key"] else ""} for r in rows]


def _key(key: str) -> str:
    """A key inside an artefact; the values of TrustRecords are called like the documents themselves."""
    head, mark, _ = key.partition("TrustRecords")
    return (head + mark)[:300]


def hidden(path: str) -> str:
    """The path of an artefact as the file keeps it: a name is kept only where it cannot be that of a document, and
    folders only where Windows made them."""
    folder, _, name = path.replace("\\", "/").rpartition("/")
    plain = name.casefold().removesuffix(".xz")
    known = (
        plain in _NAMES
        or plain.startswith(_STARTS)
        or plain.endswith(_ENDINGS)
        or _JUMP_LIST.fullmatch(plain)
    )
    shown = name if known else "…"
    if not folder:
        return shown
    return f"{folder if _SYSTEM_FOLDERS.match(folder + '/') else '…'}/{shown}"[:400]


def masked(text: str) -> str:
    """A sentence of the check in which every quoted path or file name that could name a document is blotted out."""
    return _QUOTED.sub(lambda m: f"«{_quoted(m[1])}»", text)


def _quoted(words: str) -> str:
    if "/" not in words and "\\" not in words and "." not in words:
        return words  # a network, a label, a program's name: no path and no file
    name = words.replace("\\", "/").rpartition("/")[2]
    kept = name.casefold().endswith(_ENDINGS) or name.upper() in (
        "RECYCLER.BIN",
        "RECYCLERS.BIN",
        "$RECYCLE.BIN",
    )
    return name if kept else "…"
