"""`bmnn scan`: looks through files and folders for documents that may hold state secrets."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bmnn.cli.progress import Bar, thousands
from bmnn.cli.words import UserError
from bmnn.vietnamese.system import system_words

if TYPE_CHECKING:
    from bmnn.discovery.fingerprint import Index

HELP = "rà soát tệp, thư mục, hộp thư, bản xuất tin nhắn tìm tài liệu nghi chứa bí mật nhà nước"
_SHOWN = 200


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options (CONTRACTS 2)."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="ĐƯỜNG_DẪN", help="tệp hoặc thư mục cần rà soát"
    )
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    parser.add_argument(
        "--jobs", type=int, metavar="SỐ", help="số tiến trình đọc (mặc định: số nhân của máy)"
    )
    parser.add_argument(
        "--fingerprints", type=Path, metavar="CHỈ_MỤC", help="chỉ mục vân tay của tài liệu mật"
    )
    parser.add_argument("--key", type=Path, metavar="TỆP", help="tệp khóa của chỉ mục vân tay")
    parser.add_argument("--passphrase", action="store_true", help="hỏi mật khẩu của chỉ mục vân tay")
    parser.add_argument(
        "--numbers",
        type=Path,
        metavar="TỆP",
        help="số văn bản mật của cơ quan, mỗi dòng một số (ví dụ 12/BC-UBND)",
    )
    parser.add_argument("--no-ocr", action="store_true", help="không nhận dạng chữ trên ảnh trang")
    parser.add_argument(
        "--report",
        type=Path,
        metavar="TỆP",
        action="append",
        default=[],
        help="ghi báo cáo .html, .xlsx hoặc .json",
    )
    parser.add_argument("--resume", action="store_true", help="làm tiếp lần rà soát bị dừng (cần --report)")


def run(args: argparse.Namespace) -> int:
    """Exit 0: nothing found and all read; 1: a person must look; 2: wrong use."""
    from bmnn.discovery.scan import state_path

    _check(args)
    state = state_path(args.report[0]) if args.report else None
    if args.resume and not (state and state.exists()):
        print("Chưa có lần rà soát nào để làm tiếp; bắt đầu từ đầu.", file=sys.stderr)
    result = _scanned(args, state)
    sources = [str(p) for p in args.paths]
    for report in args.report:
        _write(result, report, sources)
    if args.json:
        sys.stdout.write(json.dumps(without_crops(result), ensure_ascii=False, indent=1) + "\n")
    else:
        print("\n".join(lines(result)))
    if result["interrupted"]:
        later = " Chạy lại với --resume để làm tiếp." if state else ""
        print(f"Đã dừng theo yêu cầu; phần đã đọc được giữ lại.{later}", file=sys.stderr)
    totals = result["totals"]
    return 1 if result["interrupted"] or totals["clear"] != totals["items"] else 0


def _scanned(args: argparse.Namespace, state: Path | None) -> dict[str, Any]:
    from bmnn.discovery.scan import scan_box
    from bmnn.sandbox import SandboxError

    jobs = args.jobs or os.cpu_count() or 1
    bar = Bar()
    try:
        # The readers load their parsers while the law and the index are read here.
        with closing(scan_box(jobs)) as box:
            from bmnn.discovery.scan import Options, entries_on, scan

            options = Options(
                jobs=jobs,
                ocr=not args.no_ocr,
                index=_index(args),
                numbers=_numbers(args.numbers),
                entries=entries_on(datetime.now().astimezone().date()),
            )
            return scan(args.paths, options, bar, state, _own_files(args.report), box)
    except SandboxError as error:
        raise UserError(str(error)) from error
    finally:
        bar.close()


def _check(args: argparse.Namespace) -> None:
    for path in args.paths:
        if not path.exists():
            raise UserError(f"Không tìm thấy «{path}». Hãy kiểm tra lại đường dẫn.")
    if args.jobs is not None and not 1 <= args.jobs <= 64:
        raise UserError("--jobs phải từ 1 đến 64.")
    if args.resume and not args.report:
        raise UserError("--resume cần --report: việc đã làm được giữ cạnh tệp báo cáo.")
    if (args.key or args.passphrase) and not args.fingerprints:
        raise UserError("--key và --passphrase chỉ dùng cùng --fingerprints.")
    for report in args.report:
        if report.suffix.lower() not in (".html", ".htm", ".xlsx", ".json"):
            raise UserError(f"Báo cáo «{report}»: hãy đặt đuôi .html, .xlsx hoặc .json.")
        if not report.absolute().parent.is_dir():
            raise UserError(f"Không có thư mục «{report.absolute().parent}» để ghi báo cáo.")


def _own_files(reports: list[Path]) -> frozenset[Path]:
    """Files this scan writes, which it must not read."""
    from bmnn.discovery.scan import state_path

    own = {p.absolute() for r in reports for p in (r, state_path(r))}
    return frozenset(own | {p.with_name(p.name + ".moi") for p in own})


def _index(args: argparse.Namespace) -> Index | None:
    if args.fingerprints is None:
        return None
    from bmnn.cli.fingerprint import open_index

    secret = getpass.getpass("Mật khẩu của chỉ mục: ") if args.passphrase else None
    return open_index(args.fingerprints, args.key, secret)


def _numbers(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    from bmnn.discovery.signals import read_list

    try:
        found = read_list(path.read_text("utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"Không đọc được danh sách số văn bản «{path}» (cần tệp chữ UTF-8).") from error
    if not found:
        raise UserError(f"«{path}» không có số văn bản nào; mỗi dòng ghi một số, ví dụ 12/BC-UBND.")
    return found


def _write(result: dict[str, Any], report: Path, sources: list[str]) -> None:
    from bmnn.discovery.report import write_html, write_xlsx

    try:
        if report.suffix.lower() == ".xlsx":
            write_xlsx(result, report, sources)
        elif report.suffix.lower() == ".json":
            text = json.dumps(without_crops(result), ensure_ascii=False, indent=1)
            report.write_text(text + "\n", "utf-8")
        else:
            write_html(result, report, sources)
    except OSError as error:
        raise UserError(f"Không ghi được báo cáo «{report}»: {system_words(error)}.") from error


def without_crops(result: dict[str, Any]) -> dict[str, Any]:
    """The result without its pictures."""
    items = [
        item | {"signals": [{k: v for k, v in s.items() if k != "crop"} for s in item["signals"]]}
        for item in result["items"]
    ]
    return result | {"items": items}


def lines(result: dict[str, Any]) -> list[str]:
    """The result as lines for a person."""
    from bmnn.discovery.report import findings, why_words
    from bmnn.discovery.signals import LEVEL_WORDS
    from bmnn.discovery.verdict import WORDS

    totals = result["totals"]
    out = [f"Đã rà soát {thousands(totals['items'])} mục:"]
    out += [f"  {WORDS[name]}: {thousands(totals[name])}" for name in WORDS]
    out.append(f"  Ảnh trang đã nhận dạng chữ: {thousands(totals['pages_ocr'])}")
    if totals["pages_unread"]:
        out.append(f"  Ảnh trang CHƯA đọc: {thousands(totals['pages_unread'])}")
    found = findings(result)
    for item in found[:_SHOWN]:
        level = f", {LEVEL_WORDS[item['level']]}" if item["level"] else ""
        out += ["", f"[{WORDS[item['verdict']]}{level}] {item['path']}"]
        if item["why"]:
            out.append(f"    {why_words(item['why'])}")
        for s in item["signals"][:5]:
            page = f" (trang {s['page']})" if s["page"] else ""
            out.append(f"    - {s['rule']}: «{s['text']}»{page}, độ chắc {100 * s['score']:.0f} %")
    if len(found) > _SHOWN:
        out += ["", f"… và {len(found) - _SHOWN} mục nữa; dùng --report để có báo cáo đầy đủ."]
    return out
