"""What of a check goes on file: everything that was found, and no name of a document from any artefact."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bmnn.machines.hive.write import hive
from bmnn.office.equipment import pictures, results
from tests.machines import making
from tests.machines.conftest import SYSTEM, chrome_history, result, usb_system, write_tree, write_zip
from tests.machines.test_findings import NTUSER, USRCLASS_PATH, nest, recent

SECRET = "TUYỆT MẬT kế hoạch Z"


def everywhere(tmp: Path) -> dict[str, bytes]:
    """One document whose name stands in every artefact that can hold it."""
    document = f"E:\\{SECRET}.docx"
    stamp = making.ticks() + bytes(16)
    app = {
        "File MRU": {"": {"Item 1": (1, f"[F00000000][T01D5FC64B7E65ECE][O00000000]*{document}")}},
        "Security": {"Trusted Documents": {"TrustRecords": {"": {"E:/mat.docm": (3, stamp)}}}},
    }
    user = nest(("Software", "Microsoft", "Office", "16.0", "Word"), app) | {"Environment": {}}
    bags = {"": {"0": (3, making.pidl(making.file_item(SECRET)))}}
    classes = nest(("Local Settings", "Software", "Microsoft", "Windows", "Shell", "BagMRU"), bags)
    link = making.shortcut(document)
    return {
        SYSTEM: usb_system("MAY-01"),
        NTUSER: recent(f"{SECRET}.docx"),
        "Users/hai/NTUSER.DAT": hive(user),
        USRCLASS_PATH: hive(classes),
        f"Users/an/AppData/Roaming/Microsoft/Windows/Recent/{SECRET}.lnk": link,
        f"Users/an/AppData/Roaming/Microsoft/Windows/Recent/AutomaticDestinations/{SECRET}.customDestinations-ms":
            making.custom_list(link),
        "Users/an/AppData/Local/Google/Chrome/User Data/Default/History": chrome_history(tmp, f"file:///E:/{SECRET}.pdf"),
        f"\u00a0/{SECRET}/{SECRET}.docx": b"noi dung",
        f"\u00a0/{SECRET}/AvastSvc.exe": b"MZ",
        f"\u00a0/{SECRET}/wsc.dll": b"MZ",
        f"Desktop/{SECRET}.doc": b"MZ dau vet thu",
    }  # fmt: skip


def reduced(found: dict[str, Any]) -> dict[str, Any]:
    return results.reduce(found, [{"name": "may.zip", "sha256": "0" * 64, "size": 1}])


@pytest.mark.parametrize("container", ["folder", "zip"])
def test_no_artefact_brings_the_name_of_a_document_on_file(container: str, tmp_path: Path) -> None:
    rules = tmp_path / "luat"
    rules.mkdir()
    (rules / "a.yar").write_text('rule thu { strings: $a = "dau vet thu" condition: $a }')
    files = everywhere(tmp_path)
    path = (
        write_tree(tmp_path / "may", files)
        if container == "folder"
        else write_zip(tmp_path / "may.zip", files)
    )
    if container == "zip":  # a locked member is named as unreadable: not by its name
        data = bytearray(path.read_bytes())
        at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"PK\x01\x02") + 4)
        data[at + 8] |= 1
        path.write_bytes(bytes(data))
    whole = result(path, rules=rules)
    assert SECRET in json.dumps(whole, ensure_ascii=False)
    kept = json.dumps(reduced(whole), ensure_ascii=False)
    assert SECRET not in kept and "mat.docm" not in kept and "kế hoạch Z" not in kept
    codes = {f["code"] for f in reduced(whole)["findings"]}
    assert {"secret_name_opened", "usb_worm_structure"} <= codes
    assert ("malware_indicator" in codes) == (
        container == "folder"
    )  # in the zip the marked file is the locked one
    assert any("tệp có tên giống tài liệu mật" in f["summary"] for f in reduced(whole)["findings"])


def test_what_is_kept_is_whole_numbers_and_text_only(tmp_path: Path) -> None:
    kept = reduced(result(write_tree(tmp_path / "may", everywhere(tmp_path))))

    def plain(value: Any) -> bool:
        if isinstance(value, dict):
            return all(isinstance(k, str) and plain(v) for k, v in value.items())
        if isinstance(value, list):
            return all(plain(v) for v in value)
        return value is None or type(value) in (str, int, bool)

    assert plain(kept)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("Windows/System32/config/SYSTEM", "Windows/System32/config/SYSTEM"),
        ("Windows/System32/winevt/Logs/System.evtx", "Windows/System32/winevt/Logs/System.evtx"),
        ("Users/an/NTUSER.DAT", "Users/an/NTUSER.DAT"),
        ("Users/an/Desktop/Tối mật/x.exe", "…/x.exe"),
        ("E:/Tối mật/báo cáo.docx", "…/…"),
        ("Tối mật.docx", "…"),
    ],
)
def test_paths_as_they_are_kept(path: str, kept: str) -> None:
    assert results.hidden(path) == kept


def test_pictures_escape_what_stands_in_them_and_mark_cross_use(tmp_path: Path) -> None:
    name = '<script>"x"</script>'
    machines = [
        {"name": name, "role": role, "devices": [{"kind": "storage", "serial": "S1", "name": name, "labels": []}],
         "events": [{"at": "2025-03-01T02:00:00.000000Z", "kind": "device", "text": name}]}
        for role in ("drafting", "internet")
    ]  # fmt: skip
    machines[1]["name"] = "B"
    graph, line = pictures.graph({"machines": machines}), pictures.timeline(machines[0])
    assert graph is not None and line is not None
    assert "<script" not in graph + line and "DÙNG CHÉO" in graph and "style=" not in graph + line
    assert pictures.timeline({"name": "x", "events": []}) is None
