"""`bmnn serve`: looks at itself first, then opens the site on this machine."""

from __future__ import annotations

import argparse
import socket
import sys
import threading
import webbrowser
from pathlib import Path

from bmnn.cli.words import UserError

HELP = "mở hệ thống trên máy này (sau khi tự kiểm tra)"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--data", type=Path, help="thư mục dữ liệu")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định: 8000)")
    parser.add_argument("--open", action="store_true", help="mở trình duyệt")


def run(args: argparse.Namespace) -> int:
    """Serve on 127.0.0.1 until interrupted; refuses to open what is unsafe."""
    from bmnn.office.core.boot import boot, has_database
    from bmnn.office.core.datafolder import data_folder

    data: Path = (args.data or data_folder()).absolute()
    if not has_database(data):
        raise UserError(f"Không có dữ liệu trong {data}. Hãy chạy: bmnn init --data {data}")
    if not 1 <= args.port <= 65535:
        raise UserError(f"Cổng {args.port} không hợp lệ; hãy chọn từ 1 đến 65535.")
    boot(data)
    from django.core.management import call_command
    from django.db import connections

    from bmnn.office.core import replay, selfcheck

    findings = selfcheck.run()
    for finding in findings:
        print(("KHÔNG MỞ ĐƯỢC: " if finding.fatal else "Lưu ý: ") + finding.message, file=sys.stderr)
    replay.settle_sequences()
    call_command("clearsessions")
    connections.close_all()
    if any(f.fatal for f in findings):
        return 2
    return _serve(args.port, browser=args.open)


def _serve(port: int, *, browser: bool) -> int:
    from waitress import create_server

    from bmnn.office.wsgi import application

    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        raise UserError(
            f"Cổng {port} đang có chương trình khác dùng. Hãy chọn cổng khác, ví dụ --port "
            f"{port % 65535 + 1}."
        ) from error
    stop = threading.Event()
    threading.Thread(target=_sign_daily, args=(stop,), daemon=True).start()
    server = create_server(application, sockets=[listener], threads=8, ident="bmnn")
    address = f"http://127.0.0.1:{port}/"
    print(f"Hệ thống đang chạy tại {address} (nhấn Ctrl+C để dừng)", flush=True)
    if browser:
        threading.Timer(0.5, webbrowser.open, [address]).start()
    try:
        server.run()
    finally:
        stop.set()
        server.close()
    print("Đã dừng.")
    return 0


def _sign_daily(stop: threading.Event) -> None:
    """Every hour: are there acts older than a day's work that no checkpoint covers?"""
    from django.db import DatabaseError, connection

    from bmnn.office.core import checkpoints

    while not stop.is_set():
        try:
            checkpoints.make_daily()
        except DatabaseError:
            pass  # busy or full: the page of the state says so, and the next hour tries again
        finally:
            connection.close()
        stop.wait(3600)
