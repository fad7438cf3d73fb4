"""`bmnn machine check`: reads collections of Windows computers and prints what their traces say."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bmnn.cli.words import UserError

HELP = "kiểm tra máy tính: đọc dấu vết Windows, đối chiếu sổ thiết bị và giữa các máy"
ROLES = {"drafting": "soạn thảo BMNN", "internet": "Internet", "lan": "mạng nội bộ", "other": "khác"}
_SEVERITY = {"high": "CAO", "medium": "VỪA", "low": "THẤP"}
_SURE = {"confirmed": "chắc chắn", "strong": "rất có cơ sở", "suspicion": "nghi ngờ"}
_USED = {"yes": "có", "no_trace": "không thấy dấu vết", "unknown": "chưa xác định được"}
_KIND = {
    "storage": "ổ lưu trữ",
    "phone": "điện thoại",
    "network_adapter": "thiết bị mạng",
    "other": "thiết bị khác",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options (CONTRACTS 3)."""
    parser.add_argument("action", choices=["check"], metavar="check", help="việc cần làm: check (kiểm tra)")
    parser.add_argument(
        "collections",
        nargs="+",
        metavar="BỘ_THU_THẬP",
        type=Path,
        help="tệp zip, thư mục, gói tar, ổ đã gắn hoặc một hiện vật",
    )
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    parser.add_argument("--register", type=Path, metavar="TỆP", help="sổ thiết bị (xlsx, csv hoặc json)")
    parser.add_argument(
        "--role",
        action="append",
        default=[],
        metavar="MÁY=VAI_TRÒ",
        help="vai trò của máy: drafting, internet, lan hoặc other",
    )
    parser.add_argument(
        "--rules",
        type=Path,
        metavar="THƯ_MỤC",
        help="thư mục luật YARA, danh sách mã băm, danh sách phần mềm",
    )


def _roles(words: list[str]) -> dict[str, str]:
    found = {}
    for word in words:
        name, _, role = word.rpartition("=")
        if not name or role not in ROLES:
            raise UserError(
                f"--role «{word}» không đúng: hãy ghi TÊN_MÁY=vai_trò, vai trò là {', '.join(ROLES)}."
            )
        found[name] = role
    return found


def run(args: argparse.Namespace) -> int:
    """Exit 0 when nothing was found and everything was read, 1 when a person must look, 2 on wrong use."""
    from tqdm import tqdm

    from bmnn.machines import CollectionError, ListError, Options, Reader, RegisterError, check
    from bmnn.machines.register import load
    from bmnn.sandbox import SandboxError

    roles = _roles(args.role)
    if args.rules is not None and not args.rules.is_dir():
        raise UserError(f"Không tìm thấy thư mục luật «{args.rules}».")
    try:
        register = load(args.register) if args.register else None
        with tqdm(desc="Đang đọc", unit=" tệp", file=sys.stderr, disable=None, leave=False) as bar:
            result = check(
                args.collections,
                Options(register, roles, args.rules),
                progress=lambda _: bar.update(),
                reader=Reader(args.rules),
            )
    except (CollectionError, RegisterError, SandboxError, ListError) as error:
        raise UserError(str(error)) from error
    known = {m[k].casefold() for m in result["machines"] for k in ("name", "source")}
    for name in roles:
        if name.casefold() not in known and not any(name.casefold() in k for k in known):
            print(f"Cảnh báo: không có máy nào tên «{name}» (tùy chọn --role).", file=sys.stderr)
    for problem in result["problems"]:
        print(problem, file=sys.stderr)
    if args.json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    else:
        print("\n".join(lines(result)))
    unread = any(a["status"] in ("unreadable", "partly") for m in result["machines"] for a in m["artefacts"])
    return 1 if result["findings"] or unread else 0


def lines(result: dict[str, Any]) -> list[str]:
    """The result as lines for a person."""
    out: list[str] = []
    for m in result["machines"]:
        out += ["", f"MÁY {m['name']}  (nguồn: {m['source']})"]
        role = ROLES.get(m["role"] or "", "chưa khai")
        out.append(
            f"  Vai trò: {role} · Windows: {m['os'] or 'không rõ'} · Múi giờ: {m['timezone'] or 'không rõ'}"
        )
        read = sum(a["status"] == "read" for a in m["artefacts"])
        out.append(f"  Hiện vật: {read} đọc được trong {len(m['artefacts'])}")
        out += [f"    - {a['path']}: {_status(a)}" for a in m["artefacts"] if a["status"] != "read"][:20]
        out += [f"  Ghi chú: {n}" for n in m["notes"][:10]]
        if m["devices"]:
            out.append(f"  Thiết bị ({len(m['devices'])}):")
        for d in m["devices"]:
            ids = f"{d['vid']}:{d['pid']} " if d["vid"] else ""
            label = f" «{', '.join(d['labels'])}»" if d["labels"] else ""
            out.append(
                f"    - {_KIND[d['kind']]}: {d['name'] or 'không rõ tên'}{label} "
                f"{ids}số sê-ri {d['serial'] or 'không có'}"
            )
            out.append(
                f"      cài lần đầu {_at(d['first_install'])}, cắm lần cuối "
                f"{_at(d['last_arrival'] or d['last_seen'])}, rút lần cuối {_at(d['last_removal'])}"
            )
        for n in m["networks"]:
            out.append(
                f"  Mạng «{n['name']}»: {n['connections']} lần kết "
                f"nối, từ {_at(n['first'])} đến {_at(n['last'])}"
            )
        out.append(f"  Dùng Internet: {_USED[m['internet']['used']]}")
        if m["applications"]:
            out.append(f"  Phần mềm đáng chú ý: {', '.join(a['name'] for a in m['applications'])}")
    out += ["", f"PHÁT HIỆN: {len(result['findings'])}"]
    for f in result["findings"]:
        out.append(f"  [{_SEVERITY[f['severity']]}, {_SURE[f['confidence']]}] {f['title']}")
        out.append(f"    {f['summary']}")
        if f["law"]:
            out.append(f"    Căn cứ: {'; '.join(map(str, f['law']))}")
        out.append(f"    Bằng chứng: {f['observations_total']} dấu vết" + _first_proof(f))
        out.append(f"    Không chứng minh: {f['does_not_prove']}")
    out += ["", "GIỚI HẠN CỦA KẾT QUẢ", *(f"  {i}. {t}" for i, t in enumerate(result["limits"], 1))]
    return out[1:]


def _status(a: dict[str, Any]) -> str:
    word = {"partly": "đọc được một phần", "unreadable": "KHÔNG ĐỌC ĐƯỢC", "missing": "thiếu"}[a["status"]]
    return f"{word} ({a['note']})" if a["note"] else word


def _first_proof(finding: dict[str, Any]) -> str:
    first = next(iter(finding["observations"]), None)
    return f", trước hết: {first['artefact']} → {first['key']}" if first else ""


def _at(moment: str | None) -> str:
    """UTC moments in Vietnam's time as people write them; local ones as they stand, and said so."""
    if not moment:
        return "không rõ"
    from datetime import datetime, timedelta

    at = datetime.fromisoformat(moment.rstrip("Z"))
    if moment.endswith("Z"):
        return f"{at + timedelta(hours=7):%d/%m/%Y %H:%M:%S}"
    return f"{at:%d/%m/%Y %H:%M:%S} (giờ của máy)"
