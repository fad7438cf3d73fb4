"""`bmnn restore`: opens a backup into a new folder and says what is missing since."""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from bmnn.cli.words import UserError

HELP = "khôi phục từ bản sao lưu vào một thư mục mới"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("backup", type=Path, metavar="TỆP", help="bản sao lưu")
    parser.add_argument("--data", type=Path, required=True, help="thư mục dữ liệu mới (chưa có hoặc trống)")
    parser.add_argument(
        "--key", type=Path, required=True, metavar="TỆP", help="khóa sao lưu hoặc khóa khôi phục"
    )
    parser.add_argument(
        "--witness", type=Path, action="append", default=[], metavar="TỆP", help="bản chốt sổ giữ ở nơi khác"
    )


def run(args: argparse.Namespace) -> int:
    """Restore wholly or not at all. 1 when the log is shorter than a witness saw (the site then starts in
    recovery)."""
    from bmnn.office.core import backup, recovery

    data: Path = args.data.absolute()
    if data.exists() and any(data.iterdir()):
        raise UserError(f"Thư mục {data} không trống. Khôi phục chỉ ghi vào thư mục mới.")
    for witness in args.witness:
        if not witness.is_file():
            raise UserError(f"Không có tệp {witness}.")
    fresh = not data.exists()
    try:
        data.mkdir(parents=True, exist_ok=True)
        os.chmod(data, 0o700)
        backup.unpack(args.backup, args.key, data)
        for part in ("keys", "checkpoints", "tmp", "backups"):
            (data / part).mkdir(mode=0o700, exist_ok=True)
        report = backup.audit(data, args.witness)
    except (backup.BadBackup, OSError) as error:
        if fresh:
            shutil.rmtree(data, ignore_errors=True)
        raise UserError(str(error)) from error
    print(f"Đã khôi phục {report['entries']} việc vào {data}.")
    lost = [p for p in report["problems"] if p["kind"] == "truncated"]
    for problem in report["problems"]:
        print(f"  - {problem['detail']}")
    if lost or not args.witness:
        recovery.mark(data, [p["detail"] for p in lost])
        print(
            "Hệ thống ở trạng thái phục hồi: chưa cấp số mới cho đến khi hai người đối chiếu sổ giấy, "
            "ghi lại số cuối cùng của từng sổ và xác nhận."
        )
        return 1
    return 1 if report["problems"] else 0
