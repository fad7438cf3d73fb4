"""Compares a reading with what people read in the same text (`bench/directives_truth`)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from rapidfuzz import fuzz

from bmnn.vietnamese import fold

FIELDS = (
    "parent_body",
    "issuing_body",
    "document_type",
    "number",
    "symbol",
    "place",
    "date",
    "subject",
    "secrecy_mark",
    "urgency_mark",
)
SIGNATURE = ("authority", "on_behalf_of", "role", "name")


class Score:
    """Sums of right, found and true by measure; `misses` say what went wrong."""

    def __init__(self) -> None:
        self.right: defaultdict[str, float] = defaultdict(float)
        self.found: defaultdict[str, float] = defaultdict(float)
        self.true: defaultdict[str, float] = defaultdict(float)
        self.misses: list[str] = []

    def add(self, other: Score) -> None:
        """Take another score in."""
        for name in ("right", "found", "true"):
            for key, n in getattr(other, name).items():
                getattr(self, name)[key] += n
        self.misses += other.misses

    def put(self, measure: str, right: bool, what: str = "") -> None:
        """One thing that is right or not."""
        self.right[measure] += right
        self.found[measure] += 1
        self.true[measure] += 1
        if not right:
            self.misses.append(f"{measure}: {what}")

    def pairs(self, measure: str, found: list[Any], true: list[Any], same: Any, where: str = "") -> None:
        """Two lists matched one to one."""
        left = list(found)
        for t in true:
            hit = next((i for i, f in enumerate(left) if same(f, t)), None)
            if hit is None:
                self.misses.append(f"{measure}: {where} missing {t!r}")
            else:
                left.pop(hit)
                self.right[measure] += 1
        self.misses += [f"{measure}: {where} extra {f!r}" for f in left]
        self.found[measure] += len(found)
        self.true[measure] += len(true)

    def f1(self, measure: str) -> float:
        """F1 of a measure; 1.0 when there was nothing to find and nothing was found."""
        total = self.found[measure] + self.true[measure]
        return 2 * self.right[measure] / total if total else 1.0


def alike(a: Any, b: Any) -> bool:
    """Equal values; texts may differ in case, marks, punctuation."""
    if a is None or b is None:
        return a is None and b is None
    return bool(fuzz.ratio(_plain(a), _plain(b)) >= 92)


def _plain(value: Any) -> str:
    return re.sub(r"[^\w]+", " ", fold(str(value))).strip()


def exact(a: Any, b: Any) -> bool:
    """Equal but for case and marks: numbers, symbols, dates."""
    return (a is None and b is None) or (a is not None and b is not None and _plain(a) == _plain(b))


def score(result: dict[str, Any], truth: dict[str, Any], name: str, source: str) -> Score:
    """All measures of one file."""
    s = Score()
    docs = truth["documents"]
    s.put(
        "documents",
        len(result["documents"]) == len(docs),
        f"{name}: {len(result['documents'])} for {len(docs)}",
    )
    s.pairs(
        "relations",
        [(r["from"], r["to"], r["type"]) for r in result["relations"]],
        [(r["from"], r["to"], r["type"]) for r in truth.get("relations", [])],
        lambda a, b: a == b,
        name,
    )
    for i, d in enumerate(docs):
        got = result["documents"][i] if i < len(result["documents"]) else None
        _document(s, got, d, f"{name} D{i + 1}")
    for problem in invented(result, source):
        s.put("invented", False, f"{name}: {problem}")
    return s


def _document(s: Score, got: dict[str, Any] | None, d: dict[str, Any], where: str) -> None:
    header = got["header"] if got else {}
    for f in FIELDS:
        same = exact if f in ("number", "symbol", "date") else alike
        s.put(
            "header",
            same(header.get(f), _text(d["header"][f])),
            f"{where} {f}: {header.get(f)!r} for {d['header'][f]!r}",
        )
    for f in SIGNATURE:
        value = got["signature"][f] if got else None
        s.put("header", alike(value, d["signature"][f]), f"{where} {f}: {value!r} for {d['signature'][f]!r}")
    s.pairs("recipients", header.get("addressees", []), d["header"]["addressees"], alike, where)
    for kind in ("to_report", "to_know", "to_file"):
        s.pairs(
            "recipients",
            got["recipients"][kind] if got else [],
            d["recipients"][kind],
            alike,
            f"{where} {kind}",
        )
    s.put(
        "dissemination",
        alike(got["dissemination"] if got else None, d["dissemination"]),
        f"{where}: {got and got['dissemination']!r}",
    )
    _citations(s, got, d, where)
    _tasks(s, got, d, where)


def _text(value: Any) -> Any:
    return str(value) if value is not None else None


def _citations(s: Score, got: dict[str, Any] | None, d: dict[str, Any], where: str) -> None:
    found = (
        [(c["number"], c["date"], c["relation"]) for c in got["citations"] if c["numbered"]] if got else []
    )
    true = [(c["number"], _text(c["date"]), c["relation"]) for c in d["citations"] if c["number"]]
    s.pairs(
        "citations",
        [f[:2] for f in found],
        [t[:2] for t in true],
        lambda a, b: exact(a[0], b[0]) and a[1] == b[1],
        where,
    )
    for t in true:
        match = next((f for f in found if exact(f[0], t[0])), None)
        if match:
            s.put("relation", match[2] == t[2], f"{where} {t[0]}: {match[2]} for {t[2]}")
    names = {c["id"]: c["number"] for c in got["citations"]} if got else {}
    links = (
        [(names.get(x["from"]), names.get(x["to"]), x["type"]) for x in got["citation_relations"]]
        if got
        else []
    )
    want = [(x["from"], x["to"], x["type"]) for x in d["citation_relations"]]
    s.pairs(
        "links", links, want, lambda a, b: exact(a[0], b[0]) and exact(a[1], b[1]) and a[2] == b[2], where
    )


def _same_task(found: dict[str, Any], true: dict[str, Any]) -> bool:
    a, b = _plain(found["quote"]), _plain(true["quote"])
    n = min(len(a), len(b), 40)
    return found["clause"] == true["clause"] and fuzz.ratio(a[:n], b[:n]) >= 70


def _tasks(s: Score, got: dict[str, Any] | None, d: dict[str, Any], where: str) -> None:
    found = got["tasks"] if got else []
    s.pairs(
        "tasks",
        [_Shown(t) for t in found],
        [_Shown(t) for t in d["tasks"]],
        lambda a, b: _same_task(a.task, b.task),
        where,
    )
    numbers = {c["id"]: c["number"] for c in got["citations"]} if got else {}
    left = list(found)
    for true in d["tasks"]:
        task = next((t for t in left if _same_task(t, true)), None)
        if task is None:
            continue
        left.remove(task)
        at = f"{where} {true['clause']}"
        s.pairs("responsible", task["responsible"], true["responsible"], alike, at)
        for name in ("through", "with", "advises"):
            s.pairs(name, task[name], true.get(name, []), alike, at)
        s.put("inherited", task["inherited"] == true.get("inherited", False), at)
        _deadlines(s, task, true, at)
        s.pairs(
            "reporting",
            [(r["to"], r["via"]) for r in task["reporting"]],
            [(r["to"], r.get("via")) for r in true.get("reporting", [])],
            lambda a, b: alike(a[0], b[0]) and alike(a[1], b[1]),
            at,
        )
        s.put("prohibition", task["prohibition"] == true.get("prohibition", False), at)
        basis = [numbers.get(i) for i in task["legal_basis"] if numbers.get(i)]
        s.pairs("legal_basis", basis, true.get("legal_basis", []), exact, at)


class _Shown:
    def __init__(self, task: dict[str, Any]) -> None:
        self.task = task

    def __repr__(self) -> str:
        return f"{self.task['clause']} {self.task['quote'][:40]}"


def _deadlines(s: Score, task: dict[str, Any], true: dict[str, Any], at: str) -> None:
    want = [x if isinstance(x, dict) else {"kind": x} for x in true.get("deadline", [])]
    kinds = {x["kind"] for x in task["deadline"]}
    right = kinds == {x["kind"] for x in want}
    for x in want:
        if "date" in x:
            right &= any(
                str(x["date"]) == y.get("date") and x["inclusive"] == y["inclusive"] for y in task["deadline"]
            )
        if x.get("period"):
            right &= any(x["period"] == y.get("period") for y in task["deadline"])
    s.put("deadlines", right, f"{at}: {sorted(kinds)} for {sorted(x['kind'] for x in want)}")


def invented(result: dict[str, Any], source: str) -> list[str]:
    """Numbers, dates, places and names in the result that the text does not hold."""
    bare = re.sub(r"[^a-z0-9]+", " ", fold(source))
    squeezed = bare.replace(" ", "")
    out = []
    for d in result["documents"]:
        h = d["header"]
        for name in ("number", "place"):
            if h[name] and re.sub(r"[^a-z0-9]+", "", fold(h[name])) not in squeezed:
                out.append(f"{name} {h[name]}")
        person = d["signature"]["name"]
        if person and re.sub(r"[^a-z0-9]+", "", fold(person)) not in squeezed:
            out.append(f"name {person}")
        dates = [
            h["date"],
            *(c["date"] for c in d["citations"]),
            *(x.get("date") for t in d["tasks"] for x in t["deadline"]),
        ]
        out += [f"date {day}" for day in dates if day and not _has_date(bare, day)]
        for c in d["citations"]:
            digits = re.match(r"\d+", c["number"] or "")
            if digits and digits[0] not in bare.split() and digits[0] not in squeezed:
                out.append(f"citation {c['number']}")
    return out


def _has_date(bare: str, day: str) -> bool:
    year, month, date = day.split("-")
    d, m = str(int(date)), str(int(month))
    patterns = (
        rf"\b0?{d} 0?{m} {year}\b",
        rf"\b0?{d} thang 0?{m} nam {year}\b",
        rf"\b0?{d} 0?{m}\b",
        rf"thang 0?{m}\b",
        r"quy i",
        rf"nam {year}\b",
    )
    return any(re.search(p, bare) for p in patterns)
