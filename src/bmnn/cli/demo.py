"""`bmnn demo`: a province with three communes and invented items, to look around in."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

from bmnn.cli.stopping import Stop
from bmnn.cli.words import UserError
from bmnn.vietnamese.system import system_words

# About how many acts stand behind one incoming and one outgoing item: for the time left on the progress bar.
ACTS_A_PAIR = 7
HELP = "tạo cơ quan mẫu với số liệu bịa để xem thử"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--data", type=Path, required=True, help="thư mục dữ liệu của cơ quan mẫu")
    parser.add_argument("--if-missing", action="store_true", help="không làm gì khi thư mục đã có dữ liệu")
    parser.add_argument("--pairs", type=int, default=750, help="số cặp văn bản đến, đi (mặc định: 750)")


def run(args: argparse.Namespace) -> int:
    """Make the folder, then write every act of the sample through the engine, all or nothing."""
    from bmnn.office.core.boot import boot, has_database

    data: Path = args.data.absolute()
    if has_database(data):
        if args.if_missing:
            return 0
        raise UserError(f"Thư mục {data} đã có dữ liệu. Hãy chọn thư mục khác.")
    ours = not data.exists() or not any(data.iterdir())
    try:
        data.mkdir(parents=True, exist_ok=True)
        os.chmod(data, 0o700)
        for part in ("keys", "checkpoints", "tmp", "backups"):
            (data / part).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"Không tạo được thư mục {data}: {system_words(error)}. Hãy chọn nơi khác."
        ) from error
    boot(data)
    try:
        with Stop() as stop:
            accounts = _fill(data, args.pairs, stop)
    except BaseException as error:
        _remove(data, whole=ours)
        if isinstance(error, KeyboardInterrupt):
            raise UserError("Đã dừng theo yêu cầu; không để lại dữ liệu dở dang.") from error
        raise
    from bmnn.office.records.demo import MARK, PASSWORD

    print(f"Đã tạo cơ quan mẫu trong {data} ({MARK}).")
    print(f"Mật khẩu của mọi tài khoản mẫu: {PASSWORD}")
    print("Tài khoản: " + ", ".join(sorted(accounts)))
    return 0


def _fill(data: Path, pairs: int, stop: Stop) -> list[str]:
    """Write the sample; the logins it has. Raises UserError when an act is refused."""
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command
    from tqdm import tqdm

    from bmnn.office.core import backup, checkpoints
    from bmnn.office.core.act import Refused
    from bmnn.office.core.engine import perform_many
    from bmnn.office.records.demo import MARK, MARKER, PASSWORD, Sample

    checkpoints.make_keys(data, "bmnn/mau")
    backup.make_keys(data)
    call_command("migrate", verbosity=0, interactive=False)
    # Yesterday: whatever the hour, nothing of the sample lies ahead of the person who opens it.
    sample = Sample(date.today() - timedelta(days=1), pairs)  # noqa: DTZ011
    try:
        with tqdm(
            total=pairs * ACTS_A_PAIR,
            desc="Cơ quan mẫu",
            unit=" việc",
            mininterval=0.5 if sys.stderr.isatty() else 15,
            file=sys.stderr,
            bar_format="{desc}: {percentage:3.0f}%|{bar}| {n_fmt} việc, còn {remaining}",
        ) as bar:
            for _ in perform_many(sample.entries()):
                stop.check()
                bar.update()
            bar.total = bar.n
    except Refused as refused:
        raise UserError("\n".join(r.message for r in refused.refusals)) from refused
    # One hash for all: they share the password, and Argon2id is meant to be slow.
    hashed = make_password(PASSWORD)
    for account in sample.accounts.values():
        type(account).objects.filter(pk=account.pk).update(password=hashed)
    stop.check()
    sample.prepare(data)
    checkpoints.make("cơ quan mẫu")
    (data / MARKER).write_text(f"{MARK}\n", encoding="utf-8")
    stop.check()
    return list(sample.accounts)


def _remove(data: Path, *, whole: bool) -> None:
    """Take away what was begun: the folder that was made for it, or the database in a folder that had been there."""
    from django.db import connections

    from bmnn.office.core.datafolder import DATABASE

    connections.close_all()
    if whole:
        shutil.rmtree(data, ignore_errors=True)
        return
    for path in data.glob(f"{DATABASE}*"):
        path.unlink(missing_ok=True)
