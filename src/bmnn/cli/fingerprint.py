"""`bmnn fingerprint add|list|remove`: one-way fingerprints of protected documents, for `bmnn scan --fingerprints`."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bmnn.cli.words import UserError
from bmnn.vietnamese.system import system_words

if TYPE_CHECKING:
    from bmnn.discovery.fingerprint import Index, Key, Mode

HELP = "lấy vân tay một chiều của tài liệu mật, để rà soát tìm ra bản sao của chúng"
MODES = {
    "paragraph": "từng đoạn văn (mặc định)",
    "compact": "từng đoạn, chỉ mục nhỏ hơn, cho sổ trên 10.000 tài liệu",
    "whole": "chỉ nhận ra cả tài liệu",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options (CONTRACTS 2)."""
    parser.add_argument(
        "action", choices=["add", "list", "remove"], metavar="add|list|remove", help="thêm, liệt kê hoặc bỏ"
    )
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="TỆP", help="tài liệu cần lấy vân tay (với add)"
    )
    parser.add_argument("--index", type=Path, required=True, metavar="CHỈ_MỤC", help="tệp chỉ mục vân tay")
    parser.add_argument(
        "--id", action="append", default=[], metavar="MÃ", help="mã của tài liệu, ví dụ số đăng ký"
    )
    parser.add_argument(
        "--title", default="", metavar="TÊN", help="tên gọi để nhận ra trong báo cáo (được mã hóa)"
    )
    parser.add_argument("--key", type=Path, metavar="TỆP", help="tệp khóa; không ghi thì tạo cạnh chỉ mục")
    parser.add_argument("--passphrase", action="store_true", help="dùng mật khẩu thay tệp khóa")
    parser.add_argument(
        "--mode", choices=list(MODES), metavar="CÁCH", help="; ".join(f"{k}: {v}" for k, v in MODES.items())
    )
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(args: argparse.Namespace) -> int:
    """Exit 0 done; 1 done but something needs a person; 2 wrong use, nothing changed."""
    return {"add": _add, "list": _list, "remove": _remove}[args.action](args)


def key_beside(index: Path) -> Path:
    """Where the key of an index lies when none was named."""
    return index.with_name(index.name + ".khoa")


def open_index(path: Path, key_file: Path | None, passphrase: str | None) -> Index:
    """Open an index with its key file (named, or beside it) or passphrase. Raises UserError."""
    from bmnn.discovery.fingerprint import Index, IndexProblem, Key, KeyProblem, read_head

    try:
        head, _ = read_head(path)
        if passphrase is not None:
            key = Key.from_passphrase(passphrase, bytes.fromhex(head["salt"]))
        else:
            chosen = key_file or key_beside(path)
            if not chosen.exists():
                raise UserError(
                    f"Không thấy tệp khóa «{chosen}» của chỉ mục. Hãy chỉ rõ bằng --key, hoặc --passphrase nếu chỉ mục "
                    "dùng mật khẩu."
                )
            key = Key.read(chosen)
        return Index.read(path, key)
    except (IndexProblem, KeyProblem) as error:
        raise UserError(str(error)) from error


def _add(args: argparse.Namespace) -> int:
    if not args.files:
        raise UserError("Hãy ghi ít nhất một tệp cần lấy vân tay.")
    named = _named(args)
    texts, unread = [], []
    for (doc_id, title), (path, text, why) in zip(named, _texts(args.files), strict=True):
        if why:
            unread.append(f"{path}: {why}")
        else:
            texts.append((doc_id, title, text))
    if unread:
        raise UserError(
            "Chưa lấy vân tay tài liệu nào vì có tệp không đọc được hết:\n  " + "\n  ".join(unread)
        )
    index, made = _opened_or_new(args)
    short = index.add(texts)
    _write(index, args.index)
    if made is not None:
        print(
            f"Đã tạo tệp khóa «{made}». Hãy cất nó ở nơi khác chỉ mục: ai có cả hai mới thử đoán được nội dung.",
            file=sys.stderr,
        )
    added = [doc_id for doc_id, _, _ in texts if doc_id not in short]
    for doc_id in short:
        print(
            f"Tài liệu «{doc_id}» quá ngắn hoặc chỉ toàn câu luật, không lấy vân tay được.", file=sys.stderr
        )
    _tell(
        args,
        {"schema_version": 1, "added": added, "too_short": short, "documents": len(index.documents)},
        f"Đã lấy vân tay {len(added)} tài liệu; chỉ mục có {len(index.documents)} tài liệu.",
    )
    return 1 if short else 0


def _named(args: argparse.Namespace) -> list[tuple[str, str]]:
    """(id, title) of each file: as given, or the file's name."""
    if args.id and len(args.id) not in (1, len(args.files)):
        raise UserError("Số mã --id phải bằng số tệp.")
    ids = args.id or [path.stem for path in args.files]
    if len(ids) == 1 and len(args.files) > 1:
        ids = [f"{ids[0]}-{n}" for n in range(1, len(args.files) + 1)]
    if len(set(ids)) != len(ids) or not all(i.strip() for i in ids):
        raise UserError("Các mã tài liệu phải khác nhau và không để trống; hãy ghi --id cho từng tệp.")
    return [(i, args.title) for i in ids]


def _opened_or_new(args: argparse.Namespace) -> tuple[Index, Path | None]:
    """The index to add to, and the key file if one had to be made."""
    from bmnn.discovery.fingerprint import Index, Key

    if args.index.exists():
        return open_index(args.index, args.key, _asked(args, twice=False)), None
    if not args.index.absolute().parent.is_dir():
        raise UserError(f"Không có thư mục «{args.index.absolute().parent}» để ghi chỉ mục.")
    mode: Mode = args.mode or "paragraph"
    passphrase = _asked(args, twice=True)
    if passphrase is not None:
        salt = os.urandom(16)
        return Index.empty(Key.from_passphrase(passphrase, salt), mode=mode, salt=salt), None
    chosen = args.key or key_beside(args.index)
    key, made = _key(chosen)
    return Index.empty(key, mode=mode), chosen if made else None


def _key(path: Path) -> tuple[Key, bool]:
    from bmnn.discovery.fingerprint import Key, KeyProblem

    try:
        if path.exists():
            return Key.read(path), False
        key = Key.new()
        key.write(path)
    except KeyProblem as error:
        raise UserError(str(error)) from error
    except OSError as error:
        raise UserError(f"Không ghi được tệp khóa «{path}»: {system_words(error)}.") from error
    return key, True


def _asked(args: argparse.Namespace, *, twice: bool) -> str | None:
    if not args.passphrase:
        return None
    if args.key:
        raise UserError("Chỉ dùng một trong hai: --key hoặc --passphrase.")
    first = getpass.getpass("Mật khẩu của chỉ mục: ")
    if twice and first != getpass.getpass("Nhập lại mật khẩu: "):
        raise UserError("Hai lần nhập mật khẩu không giống nhau.")
    if twice and len(first) < 15:
        raise UserError("Mật khẩu của chỉ mục phải có ít nhất 15 ký tự.")
    return first


def _texts(paths: list[Path]) -> Iterator[tuple[Path, str, str]]:
    """(path, its whole text with what is read from its pictures, why it was not read or "")."""
    from bmnn.discovery.scan import whole_texts
    from bmnn.sandbox import SandboxError

    for path in paths:
        if not path.is_file():
            raise UserError(f"Không tìm thấy tệp «{path}».")
    try:
        yield from whole_texts(paths)
    except SandboxError as error:
        raise UserError(str(error)) from error


def _list(args: argparse.Namespace) -> int:
    index = open_index(args.index, args.key, _asked(args, twice=False))
    rows = [{"id": d.id, "title": d.open(index.key)[0], "syllables": d.syllables} for d in index.documents]
    text = (
        "\n".join(f"{r['id']}\t{r['title']}\t{r['syllables']} âm tiết" for r in rows)
        or "Chỉ mục chưa có tài liệu nào."
    )
    _tell(args, {"schema_version": 1, "mode": index.mode, "documents": rows}, text)
    return 0


def _remove(args: argparse.Namespace) -> int:
    if not args.id:
        raise UserError("Hãy ghi --id của tài liệu cần bỏ khỏi chỉ mục.")
    index = open_index(args.index, args.key, _asked(args, twice=False))
    removed = index.remove(args.id)
    missing = [i for i in args.id if i not in removed]
    if missing:
        raise UserError(f"Chỉ mục không có tài liệu mã {', '.join(f'«{i}»' for i in missing)}; không bỏ gì.")
    _write(index, args.index)
    _tell(
        args,
        {"schema_version": 1, "removed": removed, "documents": len(index.documents)},
        f"Đã bỏ {len(removed)} tài liệu; chỉ mục còn {len(index.documents)} tài liệu.",
    )
    return 0


def _write(index: Index, path: Path) -> None:
    try:
        index.write(path)
    except OSError as error:
        raise UserError(f"Không ghi được chỉ mục «{path}»: {system_words(error)}.") from error


def _tell(args: argparse.Namespace, value: dict[str, object], text: str) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1) if args.json else text)
