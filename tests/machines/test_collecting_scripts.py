"""The collecting scripts: PowerShell 2.0 and built-ins only; nothing forbidden is taken; the manifest is understood."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from bmnn.machines.artefacts.manifest import parse
from tests.machines.conftest import SYSTEM, case, result, usb_system, write_tree, write_zip

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "collect"
PS1 = (FOLDER / "thu-thap.ps1").read_text("utf-8-sig")
CMD = (FOLDER / "thu-thap.cmd").read_text("utf-8")
CODE = "\n".join(line for line in PS1.splitlines() if not line.lstrip().startswith("#"))

LATER_THAN_2 = [
    "Get-CimInstance", "Invoke-WebRequest", "Invoke-RestMethod", "ConvertTo-Json", "ConvertFrom-Json", "Get-FileHash",
    "Compress-Archive", "Expand-Archive", "Get-NetAdapter", "Get-Disk", "Get-PnpDevice", "Get-Volume", "Unblock-File",
    "Get-ComputerInfo", "Get-Content -Raw", "-Encoding utf8NoBOM", "Export-Csv -UseQuotes",
]  # fmt: skip
LATER_SYNTAX = [r"\[ordered\]", r"\[pscustomobject\]", r"::new\(", r"-notin\b", r"-in\b", r"\$PSItem", r"\?\?", r"\?\.",
                r"^\s*class ", r"-shl\b", r"-Directory\b", r"-File\s*[|)]", r"\.Where\(", r"\.ForEach\("]  # fmt: skip
BUILT_IN = {"reg", "wevtutil", "esentutl", "ipconfig", "arp", "netsh", "tasklist", "cmd"}


@pytest.mark.parametrize("name", LATER_THAN_2)
def test_no_command_newer_than_powershell_2(name):
    assert name.casefold() not in CODE.casefold()


@pytest.mark.parametrize("pattern", LATER_SYNTAX)
def test_no_syntax_newer_than_powershell_2(pattern):
    assert not re.search(pattern, CODE, re.IGNORECASE | re.MULTILINE)


def test_only_tools_of_windows_are_called():
    called = set(re.findall(r"(?:^\s*|\(\s*)([a-z]+(?:\.exe)?)\s+(?:/|[a-z]|\(|\$)", CODE, re.MULTILINE))
    words = {
        "if",
        "foreach",
        "while",
        "try",
        "catch",
        "return",
        "function",
        "param",
        "finally",
        "exit",
        "else",
        "elseif",
    }
    assert called - words <= BUILT_IN, called - words - BUILT_IN
    assert not re.search(r"https?://|ftp://|Net\.WebClient|DownloadFile", CODE + CMD, re.IGNORECASE)


FORBIDDEN = [
    r"\bSAM\b", r"\bSECURITY'", r"key\s*=\s*clear", "Login Data", "Cookies", r"logins\.json",
    r"\.docx?", r"\.xlsx?", r"\.pdf", "NTDS", "DPAPI", "Wlansvc",
]  # fmt: skip


@pytest.mark.parametrize("forbidden", FORBIDDEN)
def test_credentials_keys_and_documents_are_never_taken(forbidden):
    assert not re.search(forbidden, CODE)


def test_brackets_and_quotes_are_balanced():
    bare = re.sub(r"'[^']*'|\"(?:`.|[^\"`])*\"", "", CODE)
    for left, right in ("()", "{}", "[]"):
        assert bare.count(left) == bare.count(right)
    assert bare.count("'") == 0 and bare.count('"') == 0


def test_windows_reads_the_files_as_utf8():
    assert (FOLDER / "thu-thap.ps1").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "chcp 65001" in CMD and (FOLDER / "thu-thap.cmd").read_bytes().count(b"\r\n") > 5


def manifest(files: dict[str, bytes], **more: object) -> bytes:
    rows = [{"path": n, "size": len(d), "sha256": hashlib.sha256(d).hexdigest()} for n, d in files.items()]
    return json.dumps({"schema_version": 1, "computer": "MAY-01", "failed": [], "files": rows} | more).encode(
        "utf-8-sig"
    )


def test_every_fact_the_script_writes_is_read(tmp_path):
    written = set(re.findall(r"'\"([a-z_]+)\": ", CODE)) - {"schema_version"}
    files = {f"C/{n}": d for n, d in case(tmp_path).items()}
    facts = {k: f"giá trị {k}" for k in written - {"files", "failed", "computer"}}
    data = manifest(files, **facts, failed=[{"what": "VSS", "why": "mã lỗi 5"}])
    machine = result(write_zip(tmp_path / "m.zip", files | {"thu-thap.json": data}))["machines"][0]
    assert set(facts.values()) <= set(machine["facts"].values())
    assert any("VSS" in a["note"] for a in machine["artefacts"])


def test_a_file_changed_after_collecting_is_said_so(tmp_path):
    files = {f"C/{SYSTEM}": usb_system("MAY-01")}
    data = manifest(files)
    files[f"C/{SYSTEM}"] = usb_system("MAY-02")
    machine = result(write_tree(tmp_path / "m", files | {"thu-thap.json": data}))["machines"][0]
    assert any("mã băm khác" in a["note"] for a in machine["artefacts"])


def test_the_stick_of_the_inspector_is_set_aside_and_shown(tmp_path):
    files = {f"C/{SYSTEM}": usb_system("MAY-01")}
    data = manifest(files, stick_serial="aa11bb22cc33dd44&0")
    machine = result(write_tree(tmp_path / "m", files | {"thu-thap.json": data}))["machines"][0]
    assert machine["devices"] == [] and any("đoàn kiểm tra" in n for n in machine["notes"])


@pytest.mark.parametrize("bad", [b"", b"[]", b"{", b'{"files": 3}', b"\xff\xfe\x00"])
def test_a_bad_manifest_is_refused_in_vietnamese(bad):
    with pytest.raises(ValueError, match="bản kê"):
        parse(bad)
