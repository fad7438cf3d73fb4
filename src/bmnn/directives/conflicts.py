"""The same fact stated differently, and what does not fit: attributions, symbols, law no longer in force, sums."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bmnn import law
from bmnn.directives.citations import Citation
from bmnn.vietnamese import fold

_FITS: tuple[tuple[str, str], ...] = (
    (r"TU", r"tinh uy|thanh uy|ban thuong vu tinh|ban thuong vu thanh|^ban thuong vu$"),
    (r"ĐU", r"dang uy|ban thuong vu"),
    (r"TW", r"trung uong|bo chinh tri|ban bi thu|ban chap hanh"),
    (r"TTg", r"thu tuong"),
    (r"CP", r"chinh phu"),
    (r"VPCP", r"van phong chinh phu"),
    (r"BTCTW", r"ban to chuc trung uong"),
    (r"VPTW", r"van phong trung uong"),
    (r"QH\d*", r"quoc hoi"),
)


def same_document(citations: list[Citation]) -> list[dict[str, Any]]:
    """One letter attributed to two issuers within a document."""
    out = []
    for c in citations:
        names = {fold(m.issuer): m.issuer for m in c.mentions if m.issuer}
        if len(names) > 1 and not _kin(list(names)):
            said = " / ".join(names.values())
            out.append(
                _conflict(
                    "issuer",
                    f"{c.number} được ghi của: {said}.",
                    [m.span for m in c.mentions if m.issuer],
                    c.number,
                )
            )
    return out


def _kin(names: list[str]) -> bool:
    """«Ban Tổ chức Trung ương» and «Ban Tổ chức Trung ương Đảng» are one."""
    names = sorted(names, key=len)
    return all(n.startswith(names[0]) for n in names)


def misfit(citations: list[Citation]) -> list[dict[str, Any]]:
    """A symbol that does not fit the body named as issuer."""
    out = []
    for c in citations:
        code = c.mentions[0].code
        issuer = c.best("issuer")
        if code is None or not isinstance(issuer, str):
            continue
        plain = fold(issuer)
        last = re.split(r"[-/]", code.symbol)[-1]
        for symbol, pattern in _FITS:
            if re.fullmatch(symbol, last) and not re.search(pattern, plain):
                out.append(
                    _conflict(
                        "symbol",
                        f"Ký hiệu {code.text} không khớp với cơ quan được ghi là «{issuer}».",
                        [c.mentions[0].span],
                        c.number,
                    )
                )
    return out


def across(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One document attributed to different issuers in different documents of the file."""
    said: dict[tuple[str, str | None], dict[str, tuple[str, str]]] = {}
    for d in documents:
        for c in d["citations"]:
            if c["number"] and c["issuer"]:
                said.setdefault((c["number"], c["date"]), {}).setdefault(
                    fold(c["issuer"]), (c["issuer"], d["id"])
                )
    out = []
    for (number, _day), names in said.items():
        if len(names) > 1 and not _kin(list(names)):
            words = "; ".join(f"{name} ({where})" for name, where in names.values())
            out.append(
                _conflict("issuer", f"{number} được ghi của nhiều cơ quan khác nhau: {words}.", [], number)
            )
    return out


def out_of_force(citations: list[Citation], day: date | None) -> list[dict[str, Any]]:
    """Cited law that was no longer in force on the document's date, as the law room knows it."""
    out = []
    for c in citations:
        if c.number is None or c.relation == "replaced":
            continue
        known = law.instrument(c.number)
        if known is None:
            continue
        until = getattr(known, "in_force_until", None)
        if until is None:
            continue
        by = getattr(known, "replaced_by", None)
        replaced = f", được thay bằng {by}" if by else ""
        ended = f"{until:%d/%m/%Y}"
        if day is not None and day > until:
            out.append(
                _conflict(
                    "not_in_force",
                    f"{c.number} đã hết hiệu lực ngày {ended}{replaced}; "
                    f"văn bản ban hành ngày {day:%d/%m/%Y} vẫn viện dẫn.",
                    [c.mentions[0].span],
                    c.number,
                )
            )
        elif day is None:
            out.append(
                _conflict(
                    "may_not_be_in_force",
                    f"{c.number} hết hiệu lực từ ngày {ended}{replaced}; "
                    "văn bản không ghi ngày nên cần người đọc kiểm tra.",
                    [c.mentions[0].span],
                    c.number,
                )
            )
    return out


def _conflict(kind: str, message: str, spans: list[tuple[int, int]], number: str | None) -> dict[str, Any]:
    return {"kind": kind, "message": message, "spans": [list(s) for s in spans], "number": number}
