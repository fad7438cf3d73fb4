"""`bmnn verify`: checks the log, its witnesses and every table built from it, on a snapshot."""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
from pathlib import Path

from bmnn.cli.words import UserError

HELP = "kiểm tra toàn bộ sổ nhật ký: có ai sửa, xóa, chèn hay đánh lại số không"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--data", type=Path, help="thư mục dữ liệu")
    parser.add_argument(
        "--witness", type=Path, action="append", default=[], metavar="TỆP", help="bản chốt sổ giữ ở nơi khác"
    )
    parser.add_argument(
        "--fingerprint", action="append", default=[], metavar="CHUỖI", help="dấu vân tay trên phiếu chốt giấy"
    )
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    parser.add_argument("--quiet", action="store_true", help="không hiện tiến độ")


def run(args: argparse.Namespace) -> int:
    """0 when all is as it was written, 1 when something is not."""
    from bmnn.ledger import BadFingerprint, read_fingerprint
    from bmnn.office.core.boot import boot, has_database, on_server, snapshot
    from bmnn.office.core.datafolder import data_folder
    from bmnn.vietnamese.system import system_words

    data: Path = (args.data or data_folder()).absolute()
    if not has_database(data):
        raise UserError(f"Không có dữ liệu trong {data}. Hãy chạy: bmnn init --data {data}")
    try:
        witnesses = [path.read_text(encoding="utf-8") for path in args.witness]
    except OSError as error:
        raise UserError(f"Không đọc được bản chốt {error.filename}: {system_words(error)}.") from error
    except UnicodeDecodeError as error:
        raise UserError("Bản chốt giữ bên ngoài không phải tệp văn bản.") from error
    try:
        prints = [read_fingerprint(typed) for typed in args.fingerprint]
    except BadFingerprint as error:
        raise UserError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
    (data / "tmp").mkdir(mode=0o700, exist_ok=True)
    if on_server():
        # The server keeps readers apart from writers; the tables are compared inside one transaction there.
        boot(data)
        return _say(_check(witnesses, prints, quiet=args.quiet), as_json=args.json)
    with tempfile.TemporaryDirectory(dir=data / "tmp") as scratch:
        copy = Path(scratch) / "verify.sqlite3"
        try:
            snapshot(data / "bmnn.sqlite3", copy)
        except sqlite3.Error as error:
            raise UserError(
                "Không đọc được cơ sở dữ liệu: tệp bị hỏng. Hãy khôi phục từ bản sao lưu."
            ) from error
        boot(data, copy)
        report = _check(witnesses, prints, quiet=args.quiet)
    return _say(report, as_json=args.json)


def _say(report: dict[str, object], *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        _show(report)
    return 0 if report["ok"] else 1


def _check(witnesses: list[str], prints: list[str], *, quiet: bool) -> dict[str, object]:
    from django.db import DatabaseError, connections
    from tqdm import tqdm

    from bmnn.office.core import selfcheck, verify
    from bmnn.office.core.models import Event

    try:
        # SQLite takes a column it does not know for a word: the tables would look edited, not old.
        if selfcheck.outdated():
            raise UserError(
                "Cơ sở dữ liệu thuộc phiên bản cũ. Hãy chạy: bmnn init (dữ liệu được giữ nguyên)."
            )
        total = 2 * Event.objects.count()
        with tqdm(total=total, desc="Kiểm tra", unit=" việc", file=sys.stderr, disable=quiet) as bar:
            return verify.check(witnesses, bar.update, fingerprints=prints).as_json()
    except DatabaseError as error:
        raise UserError("Cơ sở dữ liệu thiếu bảng hoặc thuộc phiên bản khác. Hãy chạy: bmnn init") from error
    finally:
        connections.close_all()


def _show(report: dict[str, object]) -> None:
    problems = report["problems"]
    assert isinstance(problems, list)
    print(f"Đã kiểm tra {report['entries']} việc. Dấu vân tay chung: {report['root']}")
    if not problems:
        print("KẾT QUẢ: ĐẠT. Nhật ký, số đã cấp, bản chốt và mọi bảng đều khớp.")
    else:
        print(f"KẾT QUẢ: KHÔNG ĐẠT, có {len(problems)} sai lệch:")
        for problem in problems:
            place = f"việc số {problem['entry']}: " if problem["entry"] is not None else ""
            print(f"  - {place}{problem['detail']}")
    loose = report["unwitnessed"]
    assert isinstance(loose, dict)
    if loose["entries"]:
        print(f"Còn {loose['entries']} việc từ {loose['since']} chưa có bản chốt giữ bên ngoài.")
