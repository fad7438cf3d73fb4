"""`bmnn ledger`: checkpoints to give away, exports, proofs and their check."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bmnn.cli.words import UserError
from bmnn.office.core.datafolder import data_folder
from bmnn.vietnamese.system import system_words

HELP = "chốt sổ, xuất nhật ký, chứng minh một việc có trong sổ"
_ACTIONS = {
    "checkpoint": "chốt sổ, đưa ra bản chốt có chữ ký",
    "keys": "khóa công khai để người khác kiểm chữ ký",
    "export": "xuất nhật ký",
    "kit": "xuất vào thư mục --out đủ bộ: nhật ký, bản chốt, khóa công khai, chương trình kiểm tra",
    "prove": "chứng minh một việc (--entry), hoặc sổ nối tiếp bản chốt cũ (--since)",
    "check": "kiểm một tệp bằng chứng",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("do", choices=list(_ACTIONS), metavar="VIỆC",
                        help=" · ".join(f"{k} ({v})" for k, v in _ACTIONS.items()))  # fmt: skip
    parser.add_argument("file", nargs="?", type=Path, metavar="TỆP", help="tệp bằng chứng, cho check")
    parser.add_argument("--data", type=Path, help="thư mục dữ liệu")
    parser.add_argument("--out", type=Path, metavar="TỆP", help="ghi ra tệp (kit: thư mục) thay vì màn hình")
    parser.add_argument(
        "--entry", type=int, metavar="SỐ", help="việc số mấy trong toàn bộ nhật ký, cho prove"
    )
    parser.add_argument("--since", type=Path, metavar="TỆP", help="bản chốt cũ, cho prove và check")
    parser.add_argument("--key", type=Path, metavar="TỆP", help="khóa công khai, để check kiểm cả chữ ký")
    parser.add_argument("--stream", metavar="DÒNG", help="chỉ một dòng nhật ký, cho export và kit")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(args: argparse.Namespace) -> int:
    """Do one of the six."""
    if args.do == "check":
        return _check(args)
    from bmnn.office.core.boot import boot, has_database

    data: Path = (args.data or data_folder()).absolute()
    if not has_database(data):
        raise UserError(f"Không có dữ liệu trong {data}. Hãy chạy: bmnn init --data {data}")
    boot(data)
    from bmnn.office.core import checkpoints, proofs

    try:
        # Everything that leaves carries the newest state under a signature.
        checkpoints.make("chốt sổ" if args.do == "checkpoint" else "xuất, chứng minh")
    except OSError as error:
        raise UserError(f"Không đọc được khóa ký trong {data / 'keys'}. Hãy khôi phục khóa.") from error
    if args.stream and not proofs.size_of(args.stream):
        raise UserError(f"Không có dòng nhật ký «{args.stream}».")
    if args.do == "checkpoint":
        _write(args.out, checkpoints.latest_notes())
    elif args.do == "keys":
        _write(args.out, "".join(f"{key}\n" for key in checkpoints.verifier_keys()))
    elif args.do == "export":
        _write(args.out, "".join(f"{line}\n" for line in proofs.export(args.stream)))
    elif args.do == "kit":
        _kit(args)
    else:
        _write(args.out, json.dumps(_prove(args), ensure_ascii=False) + "\n")
    return 0


def _write(out: Path | None, text: str) -> None:
    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(f"Không ghi được tệp {out}: {system_words(error)}.") from error


def _kit(args: argparse.Namespace) -> None:
    from importlib.resources import files

    from bmnn.office.core import checkpoints, proofs

    folder: Path | None = args.out
    if folder is None:
        raise UserError("Thiếu --out: thư mục để ghi bộ kiểm tra.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} không phải thư mục trống. Hãy chọn thư mục mới.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"Không tạo được thư mục {folder}: {system_words(error)}.") from error
    notes = checkpoints.latest_notes() if args.stream is None else checkpoints.newest(args.stream).note  # type: ignore[union-attr]
    for name, text in (
        ("nhat-ky.jsonl", "".join(f"{line}\n" for line in proofs.export(args.stream))),
        ("chot-so.txt", notes),
        ("khoa-cong-khai.txt", "".join(f"{key}\n" for key in checkpoints.verifier_keys())),
        ("kiemtraso.py", files("bmnn.ledger").joinpath("kiemtraso.py").read_text(encoding="utf-8")),
    ):
        _write(folder / name, text)
    print(f"Đã ghi bộ kiểm tra vào {folder}. Trên máy khác, trong thư mục ấy, chạy:")
    print("  python3 kiemtraso.py nhat-ky.jsonl --chot chot-so.txt --khoa khoa-cong-khai.txt")
    print(
        "Bản chốt chỉ có giá trị khi do người khác giữ từ trước; hãy so với bản in hoặc bản đã gửi cấp trên."
    )


def _prove(args: argparse.Namespace) -> dict[str, Any]:
    from bmnn.ledger import BadNote, Checkpoint, split
    from bmnn.office.core import checkpoints, proofs
    from bmnn.office.core.models import Event

    if (args.entry is None) == (args.since is None):
        raise UserError("Hãy dùng một trong hai: --entry (việc cần chứng minh) hoặc --since (bản chốt cũ).")
    if args.entry is not None:
        proof = proofs.prove(args.entry)
        if proof is None:
            raise UserError(f"Không có việc số {args.entry} trong nhật ký.")
    else:
        try:
            older, _ = Checkpoint.parse(split(args.since.read_text(encoding="utf-8"))[0])
        except (OSError, UnicodeDecodeError, IndexError, BadNote) as error:
            raise UserError(f"Không đọc được bản chốt cũ {args.since}.") from error
        streams = {
            checkpoints.origin(s): s for s in Event.objects.values_list("stream", flat=True).distinct()
        }
        proof = proofs.continues(streams.get(older.origin, ""), older.size)
        if proof is None:
            raise UserError(
                f"Không chứng minh được: sổ «{older.origin}» ở máy này không có đủ {older.size} việc."
            )
    ok = {"schema_version": 1, "ok": True, "entries": proof["size"], "problems": []}
    return ok | proof | {"unwitnessed": proofs.loose(proof["stream"])}


def _check(args: argparse.Namespace) -> int:
    from bmnn.ledger.prooffile import check_file

    if args.file is None:
        raise UserError("Thiếu tên tệp bằng chứng.")
    try:
        proof = json.loads(args.file.read_text(encoding="utf-8"))
        keys = args.key.read_text(encoding="utf-8") if args.key else ""
        older = args.since.read_text(encoding="utf-8") if args.since else ""
    except (OSError, ValueError) as error:
        raise UserError(f"Không đọc được tệp {getattr(error, 'filename', None) or args.file}.") from error
    found = check_file(proof, keys, older)
    answer = {
        "schema_version": 1,
        "ok": not found.problems,
        "entries": found.size,
        "root": found.root,
        "problems": [{"kind": kind, "entry": None, "detail": words} for kind, words in found.problems],
        "unwitnessed": {"entries": 0, "since": None},
    }
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    elif found.problems:
        print("KHÔNG ĐẠT: " + " ".join(words for _, words in found.problems))
    else:
        print(f"ĐẠT: {found.shown}.")
        if not args.key:
            print("Chữ ký chưa kiểm tra: hãy thêm --key với tệp khóa công khai nhận từ trước.")
    return 1 if found.problems else 0
