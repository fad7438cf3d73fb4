"""`bmnn rebuild`: builds every table again from the log."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bmnn.cli.words import UserError

HELP = "dựng lại mọi bảng từ sổ nhật ký"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--data", type=Path, help="thư mục dữ liệu")


def run(args: argparse.Namespace) -> int:
    """Rebuild wholly or not at all."""
    from bmnn.office.core.boot import boot, has_database
    from bmnn.office.core.datafolder import data_folder

    data: Path = (args.data or data_folder()).absolute()
    if not has_database(data):
        raise UserError(f"Không có dữ liệu trong {data}. Hãy chạy: bmnn init --data {data}")
    boot(data)
    from tqdm import tqdm

    from bmnn.office.core import replay
    from bmnn.office.core.models import Event

    count = Event.objects.count()
    try:
        with tqdm(total=count, desc="Dựng lại", unit=" việc", file=sys.stderr) as bar:
            replay.rebuild(bar.update)
    except replay.CannotReplay as error:
        raise UserError(
            f"Việc số {error.entry}: {error}. Dữ liệu được giữ nguyên; hãy chạy bmnn verify."
        ) from error
    print(f"Đã dựng lại mọi bảng từ {count} việc.")
    return 0
