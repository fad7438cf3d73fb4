"""`bmnn VERB …`: finds the verb's module by its name and runs it.

Each verb is one module `bmnn/cli/<verb>.py` with
    HELP: str                                    one line in Vietnamese
    configure(parser: argparse.ArgumentParser)   declares the options
    run(args: argparse.Namespace) -> int         exit status: 0 done, 1 a person is needed, 2 wrong use
Only the chosen verb's module is imported, so that `bmnn scan` starts without Django.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

from bmnn import cli
from bmnn.cli.words import UserError, VietnameseParser

NOT_VERBS = {"main", "words", "progress", "stopping"}


def verbs() -> list[str]:
    """Names of all verbs, in alphabetical order."""
    return sorted(m.name for m in pkgutil.iter_modules(cli.__path__) if m.name not in NOT_VERBS)


def overview() -> str:
    """The list of verbs shown by `bmnn` alone."""
    lines = [
        "bmnn: sổ và hồ sơ bảo vệ bí mật nhà nước, chạy ngoại tuyến",
        "",
        "Cách dùng: bmnn LỆNH [tùy chọn]",
        "",
    ]
    lines += [f"  {name:<12} {importlib.import_module(f'bmnn.cli.{name}').HELP}" for name in verbs()]
    return "\n".join([*lines, "", "Xem chi tiết một lệnh: bmnn LỆNH --help"])


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb. Returns the exit status; never lets a traceback reach the user."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help", "help"):
        print(overview())
        return 0
    name, rest = words[0], words[1:]
    if name not in verbs():
        print(f"Không có lệnh «{name}». Các lệnh: {', '.join(verbs())}.", file=sys.stderr)
        return 2
    module = importlib.import_module(f"bmnn.cli.{name}")
    parser = VietnameseParser(
        prog=f"bmnn {name}", description=module.HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    module.configure(parser)
    args = parser.parse_args(rest)
    try:
        return int(module.run(args))
    except UserError as error:
        print(str(error), file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Who reads our output has heard enough (`bmnn verify | head`); Python must not complain at its end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        from bmnn.vietnamese.system import system_words

        print(f"Không đọc hoặc ghi được {error.filename or 'tệp'}: {system_words(error)}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Đã dừng theo yêu cầu.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
