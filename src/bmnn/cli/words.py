"""argparse in Vietnamese, and the one error that a verb may end with."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn


class UserError(Exception):
    """Something the user can put right. Its text is complete Vietnamese: what, where, what to do."""


class VietnameseParser(argparse.ArgumentParser):
    """An argument parser whose headings and complaints are Vietnamese."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, add_help=False, **{k: v for k, v in kwargs.items() if k != "add_help"})  # type: ignore[arg-type]
        self.add_argument("-h", "--help", action="help", help="in hướng dẫn này rồi thoát")
        self._positionals.title = "đối số"
        self._optionals.title = "tùy chọn"

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "cách dùng:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "cách dùng:", 1)

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(f"{self.prog}: {_in_vietnamese(message)}", file=sys.stderr)
        sys.exit(2)


_COMPLAINTS = (
    (r"the following arguments are required: (.+)", r"thiếu đối số: \1"),
    (r"unrecognized arguments: (.+)", r"không hiểu đối số: \1"),
    (r"argument (.+?): expected one argument", r"tùy chọn \1 cần một giá trị"),
    (r"argument (.+?): expected at least one argument", r"tùy chọn \1 cần ít nhất một giá trị"),
    (
        r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)",
        r"\1: không nhận giá trị \2; chọn một trong \3",
    ),
    (r"argument (.+?): invalid int value: (.+)", r"\1: \2 không phải số nguyên"),
    (r"argument (.+?): invalid .*? value: (.+)", r"\1: giá trị \2 không hợp lệ"),
    (r"argument (.+?): not allowed with argument (.+)", r"không dùng \1 cùng với \2"),
    (r"one of the arguments (.+) is required", r"cần một trong các đối số \1"),
)


def _in_vietnamese(message: str) -> str:
    for pattern, words in _COMPLAINTS:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, words, message)
    return f"đối số không hợp lệ ({message})"
