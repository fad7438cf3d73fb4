"""The guide (docs/huong-dan/*.md) on screen: F1 opens the page of the screen one stands on."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET
from markdown_it import MarkdownIt

_HERE = Path(__file__).parent
# In an installed package the guide lies beside this module, in a checkout in the folder of documents.
FOLDER = _HERE / "huong-dan" if (_HERE / "huong-dan").is_dir() else _HERE.parents[3] / "docs" / "huong-dan"


def guide(name: str) -> Path | None:
    """The file of a page of the guide, or None."""
    path = FOLDER / f"{name}.md"
    return path if re.fullmatch(r"[a-z0-9-]{1,60}", name) and path.is_file() else None


def in_order() -> list[Path]:
    """Every page but the first one, in the order in which the first one names them, then the others."""
    first = FOLDER / "index.md"
    named = re.findall(r"\]\(([a-z0-9-]+)\.md", first.read_text(encoding="utf-8")) if first.is_file() else []
    names = list(dict.fromkeys([*named, *sorted(p.stem for p in FOLDER.glob("*.md"))]))
    return [path for name in names if name != "index" and (path := guide(name)) is not None]


@lru_cache(maxsize=64)
def _rendered(path: Path, changed: float) -> tuple[str, SafeString]:
    """Title and body of a page; `changed` makes an edited page be read again."""
    text = path.read_text(encoding="utf-8")
    title = re.search(r"^# (.+)$", text, re.MULTILINE)
    # Links between pages name the files; on screen they are addresses beside one another.
    text = re.sub(r"\]\(([a-z0-9-]+)\.md(#[^)]*)?\)", r"](../\1/\2)", text)
    # "html" off: what stands in a page is text, whatever it looks like.
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return title[1] if title else path.stem, mark_safe(html)  # noqa: S308  our own files, HTML switched off


@login_required
@require_GET
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the guide; a page that is not written yet leads to the list of pages."""
    path = guide(name) or guide("index")
    if path is None:
        raise Http404
    title, body = _rendered(path, path.stat().st_mtime)
    pages = [(p.stem, _rendered(p, p.stat().st_mtime)[0]) for p in in_order()]
    context = {"title": title, "body": body, "pages": pages, "name": path.stem, "help": path.stem}
    return render(request, "web/help.html", context)
