"""The one call of typst: a template of ours, the words as JSON, the fonts we chose."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from bmnn.printing.fonts import CARRIED, chain, face, loaded
from bmnn.printing.model import PrintError

TEMPLATES = Path(__file__).parent / "templates"
# Above so many characters of data what typst remembers is worth dropping.
_LARGE = 20_000
FORGETTING = "bmnn-printing-forgets"


def pdf(template: str, data: Mapping[str, Any], *, tags: bool = True) -> bytes:
    """Set `data` (strings, numbers, lists) by `templates/<template>.typ`.

    `tags` adds the structure a screen reader uses; for a long table it is ten times the rest of the file.
    Raises PrintError when typst refuses.
    """
    chosen = face()
    given = {**data, "fonts": chain(chosen), "carried": chosen.name == CARRIED}
    words = json.dumps(given, ensure_ascii=False)
    compiler = typst.Compiler(root=str(TEMPLATES), font_paths=loaded(chosen.folder), ignore_system_fonts=True)
    try:
        made = compiler.compile(
            input=str(TEMPLATES / f"{template}.typ"), format="pdf", sys_inputs={"data": words}, pdf_tags=tags
        )
    except typst.TypstError as error:
        raise PrintError(
            "Không dàn được trang in. Hãy báo người quản trị máy kèm câu này: " + error.message
        ) from error
    finally:
        if len(words) > _LARGE:
            threading.Thread(target=_forget, args=(compiler,), name=FORGETTING).start()
    if not isinstance(made, bytes):
        raise PrintError("Không dàn được trang in: chương trình dàn trang không trả về tệp PDF.")
    return made


def _forget(compiler: typst.Compiler) -> None:
    """Let typst drop what it remembers of a large book (over 100 MB): it forgets after ten sheets set since.

    Not a daemon thread: it takes a moment, and must not be cut off inside typst when the program ends.
    """
    for _ in range(11):
        compiler.compile(input=b"", format="pdf", sys_inputs={})
