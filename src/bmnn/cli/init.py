"""`bmnn init`: makes the data folder, its keys and database, the first unit and the administrator."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
import uuid
from datetime import date
from pathlib import Path

from bmnn.cli.words import UserError

HELP = "tạo thư mục dữ liệu, khóa, cơ sở dữ liệu, đơn vị đầu tiên và người quản trị máy"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--data", type=Path, help="thư mục dữ liệu (mặc định: biến BMNN_DATA hoặc thư mục nhà)"
    )
    parser.add_argument("--unit", metavar="TÊN", help="tên đơn vị, ví dụ «Ủy ban nhân dân xã A»")
    parser.add_argument("--code", metavar="MÃ", default="", help="mã định danh của đơn vị")
    parser.add_argument(
        "--kind", metavar="LOẠI", default="ubnd", help="loại cơ quan theo luật (mặc định: ubnd)"
    )
    parser.add_argument("--tier", metavar="CẤP", default="commune", help="cấp: central, province, commune")
    parser.add_argument(
        "--since", metavar="NĂM-THÁNG-NGÀY", default="2025-07-01", help="ngày đơn vị thành lập"
    )
    parser.add_argument("--admin", metavar="HỌ TÊN", help="họ và tên người quản trị máy")
    parser.add_argument(
        "--username", default="quantri", help="tên đăng nhập của người quản trị (mặc định: quantri)"
    )
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="TỆP",
        help="tệp chứa mật khẩu, dùng khi không gõ được từ bàn phím",
    )


def run(args: argparse.Namespace) -> int:
    """Make what is missing; what is there stays. On a folder in use it only brings the database up to
    date."""
    from bmnn.office.core.boot import boot, has_database
    from bmnn.office.core.datafolder import data_folder
    from bmnn.vietnamese.system import system_words

    data: Path = (args.data or data_folder()).absolute()
    try:
        since = date.fromisoformat(args.since)
    except ValueError as error:
        raise UserError(f"Ngày «{args.since}» không đúng dạng năm-tháng-ngày, ví dụ 2025-07-01.") from error
    if has_database(data):
        boot(data)
        return _update(data)
    if data.exists() and any(data.iterdir()):
        raise UserError(f"Thư mục {data} không trống. Hãy chọn thư mục khác hoặc dọn trống trước.")
    unit = args.unit or _ask("Tên đơn vị: ")
    admin = args.admin or _ask("Họ và tên người quản trị máy: ")
    password = _password(args)
    try:
        data.mkdir(parents=True, exist_ok=True)
        os.chmod(data, 0o700)
        for part in ("keys", "checkpoints", "tmp", "backups"):
            (data / part).mkdir(mode=0o700)
    except OSError as error:
        raise UserError(
            f"Không tạo được thư mục {data}: {system_words(error)}. Hãy chọn nơi khác."
        ) from error
    boot(data)
    from bmnn.office.core import backup, checkpoints
    from bmnn.office.core.act import Refused

    checkpoints.make_keys(data, checkpoints.site_name(args.code or uuid.uuid4().hex[:12]))
    recovery = backup.make_keys(data)
    _migrate()
    try:
        _first(unit, args, since, admin, password)
    except Refused as refused:
        (data / "bmnn.sqlite3").unlink()
        for path in sorted(data.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        raise UserError("\n".join(r.message for r in refused.refusals)) from refused
    checkpoints.make("khởi tạo")
    print(f"Đã tạo hệ thống trong {data}.")
    print(f"Người quản trị máy: {admin}, tên đăng nhập {args.username}.")
    print(f"Khóa khôi phục bản sao lưu: {recovery}")
    print("Hãy chép tệp khóa khôi phục ra USB cất trong két, rồi xóa khỏi máy.")
    print(f"Mở hệ thống: bmnn serve --data {data} --open")
    return 0


def _update(data: Path) -> int:
    """Bring a folder in use up to this version: new tables and columns are filled from the log."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from tqdm import tqdm

    from bmnn.office.core import replay
    from bmnn.office.core.models import Event

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print(
            f"Thư mục {data} đã có dữ liệu của phiên bản này: dữ liệu được giữ nguyên, không có gì phải cập nhật."
        )
        return 0
    _migrate()
    try:
        with tqdm(total=Event.objects.count(), desc="Dựng lại", unit=" việc", file=sys.stderr) as bar:
            replay.rebuild(bar.update)
    except replay.CannotReplay as error:
        print(
            f"Đã cập nhật nhưng chưa dựng lại được các bảng: việc số {error.entry}, {error}.", file=sys.stderr
        )
        print("Nhật ký được giữ nguyên. Hãy chạy bmnn verify rồi báo người hỗ trợ.", file=sys.stderr)
        return 1
    print(f"Đã cập nhật {data} lên phiên bản này; nhật ký được giữ nguyên, các bảng đã dựng lại.")
    return 0


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _ask(question: str) -> str:
    if not sys.stdin.isatty():
        raise UserError("Thiếu --unit hoặc --admin (không có bàn phím để hỏi).")
    answer = input(question).strip()
    if not answer:
        raise UserError("Chưa nhập. Hãy chạy lại lệnh.")
    return answer


def _password(args: argparse.Namespace) -> str:
    if args.password_file:
        try:
            return str(args.password_file.read_text(encoding="utf-8").strip("\r\n"))
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"Không đọc được tệp mật khẩu {args.password_file}.") from error
    if not sys.stdin.isatty():
        raise UserError("Thiếu --password-file (không có bàn phím để gõ mật khẩu).")
    first = getpass.getpass("Mật khẩu của người quản trị (ít nhất 15 ký tự): ")
    if first != getpass.getpass("Gõ lại mật khẩu: "):
        raise UserError("Hai lần gõ mật khẩu không giống nhau. Hãy chạy lại lệnh.")
    return first


def _first(name: str, args: argparse.Namespace, since: date, admin: str, password: str) -> None:
    from bmnn.office.core.acts.add_person import AddPerson
    from bmnn.office.core.acts.found_unit import FoundUnit
    from bmnn.office.core.acts.open_account import OpenAccount
    from bmnn.office.core.acts.set_roles import Role, SetRoles
    from bmnn.office.core.engine import perform
    from bmnn.office.core.models import Account, Person
    from bmnn.office.core.passwords import set_password

    founding = FoundUnit.Input(name=name, code=args.code, kind=args.kind, tier=args.tier, since=since)
    perform(FoundUnit(founding), None, "init-unit")
    perform(AddPerson(AddPerson.Input(name=admin)), None, "init-person")
    opening = OpenAccount.Input(person=Person.objects.get(), username=args.username)
    perform(OpenAccount(opening), None, "init-account")
    account = Account.objects.get()
    roles = SetRoles.Input(
        account=account, roles=(Role("quan_tri"),), ceiling="", document="Khởi tạo hệ thống"
    )
    perform(SetRoles(roles), None, "init-roles")
    set_password(account, password)
