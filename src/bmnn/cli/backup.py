"""`bmnn backup`: a sealed copy, and at once the test that it can be restored."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bmnn.cli.words import UserError

HELP = "sao lưu dữ liệu, khóa cho hai khóa, rồi thử khôi phục ngay"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--data", type=Path, help="thư mục dữ liệu")
    parser.add_argument("--to", type=Path, required=True, metavar="THƯ MỤC", help="nơi đặt bản sao lưu")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(args: argparse.Namespace) -> int:
    """Back up, test the restore, say the result. 1 when the test fails: the copy then counts for nothing."""
    from bmnn.office.core.boot import boot, has_database
    from bmnn.office.core.datafolder import data_folder

    data: Path = (args.data or data_folder()).absolute()
    if not has_database(data):
        raise UserError(f"Không có dữ liệu trong {data}. Hãy chạy: bmnn init --data {data}")
    boot(data)
    from bmnn.office.core import backup, checkpoints

    checkpoints.make("sao lưu")
    try:
        path = backup.make(data, args.to.absolute(), checkpoints.latest_notes())
        tested = backup.restore_test(data, path)
    except backup.BadBackup as error:
        raise UserError(str(error)) from error
    size = path.stat().st_size
    if args.json:
        print(
            json.dumps({"schema_version": 1, "file": str(path), "bytes": size, "restore_test": tested.report})
        )
    else:
        print(f"Đã sao lưu vào {path} ({size / 2**20:.1f} MB).")
        if tested.counts:
            print(f"Đã thử khôi phục: ĐẠT, đủ {tested.report['entries']} việc, không có sai lệch.")
        else:
            print("Đã thử khôi phục: KHÔNG ĐẠT. Không dùng bản sao lưu này. Các sai lệch:")
            for problem in tested.report["problems"][:20]:
                print(f"  - {problem['detail']}")
    return 0 if tested.counts else 1
