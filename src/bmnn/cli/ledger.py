"""`bmnn ledger`: checkpoints to give away, export of a log, proofs and their check."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bmnn.cli.words import UserError

HELP = "chốt sổ, xuất nhật ký, chứng minh một việc có trong sổ"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("do", choices=["checkpoint", "export", "prove", "check"], metavar="VIỆC",
                        help="checkpoint (chốt sổ) · export (xuất) · prove (chứng minh) · check (kiểm "
                            "bằng chứng)")  # fmt: skip
    parser.add_argument("file", nargs="?", type=Path, metavar="TỆP", help="tệp bằng chứng, cho check")
    parser.add_argument("--data", type=Path, help="thư mục dữ liệu")
    parser.add_argument("--out", type=Path, metavar="TỆP", help="ghi ra tệp thay vì màn hình")
    parser.add_argument(
        "--entry", type=int, metavar="SỐ", help="việc số mấy trong toàn bộ nhật ký, cho prove"
    )
    parser.add_argument("--stream", metavar="DÒNG", help="chỉ một dòng nhật ký, cho export")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON (check)")


def run(args: argparse.Namespace) -> int:
    """Do one of the four."""
    if args.do == "check":
        return _check(args)
    from bmnn.office.core.boot import boot, has_database
    from bmnn.office.core.datafolder import data_folder

    data: Path = (args.data or data_folder()).absolute()
    if not has_database(data):
        raise UserError(f"Không có dữ liệu trong {data}. Hãy chạy: bmnn init --data {data}")
    boot(data)
    from bmnn.office.core import checkpoints, proofs

    if args.do == "checkpoint":
        checkpoints.make("chốt sổ")
        _write(args.out, checkpoints.latest_notes())
    elif args.do == "export":
        _write(args.out, "".join(f"{line}\n" for line in proofs.export(args.stream)))
    else:
        if args.entry is None:
            raise UserError("Thiếu --entry: số thứ tự của việc cần chứng minh.")
        proof = proofs.prove(args.entry)
        if proof is None:
            raise UserError(f"Không có việc số {args.entry} trong nhật ký.")
        _write(args.out, json.dumps(proof, ensure_ascii=False) + "\n")
    return 0


def _write(out: Path | None, text: str) -> None:
    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(f"Không ghi được tệp {out}: {error.strerror}.") from error


def _check(args: argparse.Namespace) -> int:
    from bmnn.office.core.inclusion import check_proof

    if args.file is None:
        raise UserError("Thiếu tên tệp bằng chứng.")
    try:
        proof = json.loads(args.file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"Không đọc được tệp bằng chứng {args.file}.") from error
    problems = check_proof(proof)
    if args.json:
        answer = {
            "schema_version": 1,
            "ok": not problems,
            "entries": 1,
            "root": proof.get("root") if isinstance(proof, dict) else None,
            "problems": [{"kind": "proof", "entry": None, "detail": p} for p in problems],
            "unwitnessed": {"entries": 0, "since": None},
        }
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print("ĐẠT: việc này nằm trong sổ đã chốt." if not problems else "KHÔNG ĐẠT: " + " ".join(problems))
    return 1 if problems else 0
