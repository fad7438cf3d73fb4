"""`bmnn restore`: opens a backup into a new folder and says what is missing since."""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from bmnn.cli.words import UserError

HELP = "khôi phục từ bản sao lưu vào một thư mục mới (có BMNN_PG: vào cơ sở dữ liệu trống của máy chủ)"


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
    from bmnn.office.core.boot import boot, on_server, server_is_empty

    data: Path = args.data.absolute()
    if data.exists() and any(data.iterdir()):
        raise UserError(f"Thư mục {data} không trống. Khôi phục chỉ ghi vào thư mục mới.")
    for witness in args.witness:
        if not witness.is_file():
            raise UserError(f"Không có tệp {witness}.")
    if on_server() and not server_is_empty():
        raise UserError(
            "Cơ sở dữ liệu trên máy chủ PostgreSQL (BMNN_PG) không trống. Khôi phục chỉ ghi vào cơ sở dữ liệu mới: hãy "
            "tạo một cơ sở dữ liệu trống, ghi tên nó vào BMNN_PG rồi chạy lại."
        )
    fresh = not data.exists()
    try:
        data.mkdir(parents=True, exist_ok=True)
        os.chmod(data, 0o700)
        backup.unpack(args.backup, args.key, data)
        for part in ("keys", "checkpoints", "tmp", "backups"):
            (data / part).mkdir(mode=0o700, exist_ok=True)
        report = backup.audit(data, args.witness)
        if on_server():
            boot(data)
            backup.to_server(data, report, args.witness)
        new_key = backup.keep_key(data, args.key)
    except (backup.BadBackup, OSError, UnicodeDecodeError) as error:
        _take_back(data, whole=fresh)
        raise UserError(_words(error)) from error
    except KeyboardInterrupt:
        _take_back(data, whole=fresh)
        raise
    where = f"máy chủ PostgreSQL, khóa và bản chốt vào {data}" if on_server() else str(data)
    print(f"Đã khôi phục {report['entries']} việc vào {where}.")
    if new_key:
        print(
            "Đã tạo khóa sao lưu mới của đơn vị, khóa cũ không dùng nữa. Khóa khôi phục giữ nguyên: hãy cất lại."
        )
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


def _take_back(data: Path, *, whole: bool) -> None:
    """Leave the folder as it was found: not there, or empty."""
    if whole:
        shutil.rmtree(data, ignore_errors=True)
        return
    for path in data.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def _words(error: Exception) -> str:
    from bmnn.vietnamese.system import system_words

    if isinstance(error, OSError):
        return f"Không ghi được vào thư mục khôi phục: {system_words(error)}."
    if isinstance(error, UnicodeDecodeError):
        return "Bản chốt giữ bên ngoài không phải tệp văn bản."
    return str(error)
