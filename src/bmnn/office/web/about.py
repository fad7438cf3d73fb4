"""The page "Về chương trình": licence, versions, what it is built on, whether the self-check is content."""

from __future__ import annotations

import platform
import re
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution, requires, version

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bmnn.office.core import selfcheck
from bmnn.printing import TEMPLATE_NAMES, Style, font_name, template_docx


@dataclass(frozen=True)
class Library:
    """A library the program is built on."""

    name: str
    version: str
    licence: str


@lru_cache(maxsize=1)
def libraries() -> list[Library]:
    """Every library the installed package asks for, with the licence it declares."""
    try:
        wanted = requires("bmnn") or []
    except PackageNotFoundError:
        return []
    names = {re.split(r"[ \[<>=!~;(]", line, maxsplit=1)[0] for line in wanted if "extra ==" not in line}
    found = []
    for name in sorted(names, key=str.casefold):
        try:
            about = distribution(name)
        except PackageNotFoundError:
            continue
        found.append(Library(about.metadata["Name"], about.version, _licence(about.metadata)))
    return found


def _licence(metadata: object) -> str:
    get = getattr(metadata, "get_all", lambda _key: None)
    expression = get("License-Expression")
    if expression:
        return str(expression[0])
    kinds = [c.rsplit("::", 1)[1].strip() for c in get("Classifier") or [] if c.startswith("License ::")]
    if kinds:
        return ", ".join(kinds)
    said = (get("License") or ["ghi trong tệp kèm thư viện"])[0]
    return str(said).strip().splitlines()[0][:60]


@login_required
@require_GET
def template(request: HttpRequest, style: str) -> HttpResponse:
    """The Word template the program uses for papers of the State or of the Party, for an office to change."""
    wanted: dict[str, Style] = {"nha-nuoc": "state", "dang": "party"}
    if style not in wanted:
        raise Http404
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    response = HttpResponse(template_docx(wanted[style]), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{TEMPLATE_NAMES[wanted[style]]}"'
    return response


@login_required
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What this is."""
    versions = [
        ("Chương trình", version("bmnn")),
        ("Python", platform.python_version()),
        ("SQLite", sqlite3.sqlite_version),
        ("Phông chữ bản in", font_name()),
    ]
    context = {
        "title": "Về chương trình",
        "versions": versions,
        "libraries": libraries(),
        "findings": selfcheck.run(),
        "help": "sao-luu-va-kiem-tra",
    }
    return render(request, "web/about.html", context)
