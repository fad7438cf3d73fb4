"""`bmnn directive read`: reads directives and prints what they order, of whom, by when."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bmnn.cli.words import UserError

HELP = "đọc văn bản chỉ đạo: cơ quan ban hành, số, ngày, căn cứ, nhiệm vụ, thời hạn, báo cáo"
_KINDS = {
    "absolute": "hạn",
    "periodic": "định kỳ",
    "immediate": "ngay",
    "prompt": "kịp thời",
    "continuous": "thường xuyên",
    "as_regulated": "theo quy định",
    "conditional": "khi có việc",
    "relative": "thời hạn tính từ mốc",
}
_RELATIONS = {
    "basis": "căn cứ",
    "implements": "thực hiện",
    "continues": "tiếp theo",
    "forwards": "sao gửi",
    "replaced": "đã bị thay thế",
    "cites": "viện dẫn",
    "replaces": "thay thế",
    "amends": "sửa đổi",
    "attached": "kèm theo",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options (CONTRACTS 1)."""
    parser.add_argument("action", choices=["read"], metavar="read", help="việc cần làm: read (đọc)")
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="TỆP",
        help="tệp văn bản: TXT, PDF, DOCX, DOC, HTML hoặc ảnh quét",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="in kết quả dạng JSON (nhiều tệp: các kết quả nằm trong `files`)",
    )


def run(args: argparse.Namespace) -> int:
    """Exit 0 read; 1 a person must look (uncertain, conflicts, a file of several unread); 2 nothing read."""
    from bmnn.directives import UnreadableFile, read

    results: list[dict[str, Any]] = []
    failed = 0
    for i, path in enumerate(args.files, 1):
        lead = f"[{i}/{len(args.files)}] " if len(args.files) > 1 else ""
        try:
            results.append(
                read(path, progress=lambda words, lead=lead: print(lead + words + " …", file=sys.stderr))
            )
        except UnreadableFile as error:
            failed += 1
            print(lead + str(error), file=sys.stderr)
    seen: dict[str, str] = {}
    for result in results:
        first = seen.setdefault(result["fingerprint"], result["source"])
        if first != result["source"]:
            result["notes"].append(f"Cùng nội dung với tệp «{first}» (khác tên).")
    if not results:
        raise UserError("Không đọc được tệp nào.")
    for result in results:
        for note in result["notes"]:
            print(f"{result['source']}: {note}", file=sys.stderr)
    if args.json:
        whole = results[0] if len(args.files) == 1 else {"schema_version": 1, "files": results}
        sys.stdout.write(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
    else:
        print("\n\n".join("\n".join(lines(r)) for r in results))
    nothing = all(not r["documents"] for r in results)
    return 2 if nothing else int(failed > 0 or any(_needs_a_person(r) for r in results))


def _needs_a_person(result: dict[str, Any]) -> bool:
    documents = result["documents"]
    return bool(
        not documents
        or result["quality"]["route"] != "clean"
        or result["conflicts"]
        or any(d["conflicts"] or any(e.get("confirm") for e in d["evidence"].values()) for d in documents)
        or any(s["remarks"] for d in documents for s in d["statistics"])
    )


def lines(result: dict[str, Any]) -> list[str]:
    """The result as lines for a person."""
    out = [f"TỆP {result['source']}: {len(result['documents'])} văn bản"]
    for r in result["relations"]:
        out.append(f"  Quan hệ: {r['from']} {_RELATIONS.get(r['type'], r['type'])} {r['to']}")
    for d in result["documents"]:
        out += ["", *_document(d)]
    every = [*result["conflicts"], *(c for d in result["documents"] for c in d["conflicts"])]
    if every:
        out += ["", "CẦN NGƯỜI XEM:", *(f"  - {c['message']}" for c in every)]
    if result["repeats"]:
        out += ["", "CÙNG MỘT VIỆC, HAI VĂN BẢN:"]
        out += [
            f"  - {r['from']} {r['task']} ≈ {r['to']} {r['same_as']} ({r['similarity']:.0%})"
            for r in result["repeats"]
        ]
    return out


def _document(d: dict[str, Any]) -> list[str]:
    h, s = d["header"], d["signature"]
    number = (
        "/".join(filter(None, [h["number"], h["symbol"]]))
        if h["symbol"] and not _party(h["symbol"])
        else "-".join(filter(None, [h["number"], h["symbol"]]))
    )
    out = [f"{d['id']}. {h['document_type'] or 'Văn bản'} {number or '(không ghi số)'}".rstrip()]
    out.append(
        f"  Cơ quan ban hành: {h['issuing_body'] or 'không ghi'}"
        + (f" (cấp trên: {h['parent_body']})" if h["parent_body"] else "")
    )
    out.append(f"  Nơi, ngày: {h['place'] or 'không ghi'}, {_day(h['date'])}")
    out.append(f"  Trích yếu: {h['subject'] or 'không ghi'}")
    for name, label in (("secrecy_mark", "Độ mật"), ("urgency_mark", "Độ khẩn")):
        if h[name]:
            out.append(f"  {label}: {h[name]}")
    if h["addressees"]:
        out.append(f"  Kính gửi: {'; '.join(h['addressees'])}")
    signed = " ".join(filter(None, [s["authority"], s["on_behalf_of"], s["role"], s["name"]]))
    out.append(f"  Ký: {signed or 'không ghi'}")
    for c in d["citations"]:
        name = c["number"] or c["name"]
        issuer = f" của {c['issuer']}" if c["issuer"] else ""
        out.append(
            f"  Viện dẫn ({_RELATIONS.get(c['relation'], c['relation'])}): "
            + f"{c['type'] or ''} {name}, {_day(c['date'])}{issuer}".strip()
        )
    for st in d["statistics"]:
        share = f"/{st['of']}" if st["of"] else ""
        percent = f" ({st['percent']}%)".replace(".", ",") if st["percent"] is not None else ""
        out.append(
            f"  Số liệu: {st['what']}: {st['value']}{share}{percent}"
            + "".join(f"  ⚠ {r}" for r in st["remarks"])
        )
    out.append(f"  Nhiệm vụ: {len(d['tasks'])}")
    for t in d["tasks"]:
        out += _task(t)
    if d["dissemination"]:
        out.append(f"  Phổ biến: {d['dissemination']}")
    return out


def _task(t: dict[str, Any]) -> list[str]:
    inherited = " (theo câu dẫn)" if t["inherited"] else ""
    out = [f"    {t['id']}  mục {t['clause'] or '—'}: {t['action']}"]
    out.append(f"        Thực hiện: {'; '.join(t['responsible']) or 'văn bản không nêu'}{inherited}")
    for name, label in (("through", "Thông qua"), ("with", "Phối hợp"), ("advises", "Tham mưu, trình")):
        if t[name]:
            out.append(f"        {label}: {'; '.join(t[name])}")
    for x in t["deadline"]:
        day = f" → {_day(x['date'])}" if x.get("date") else ""
        out.append(f"        Thời hạn ({_KINDS[x['kind']]}): {x['text']}{day}")
    for r in t["reporting"]:
        via = f" qua {r['via']}" if r["via"] else ""
        out.append(
            f"        Báo cáo: {r['what'] or 'kết quả'} → {r['to'] or 'không nêu nơi nhận'}{via}"
            + (f" ({r['when']})" if r["when"] else "")
        )
    if t["prohibition"]:
        out.append("        Có điều cấm")
    return out


def _party(symbol: str) -> bool:
    return "/" in symbol and not symbol[:4].isdigit()


def _day(day: str | None) -> str:
    return f"{day[8:]}/{day[5:7]}/{day[:4]}" if day else "không ghi ngày"
