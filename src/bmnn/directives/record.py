"""Turns what was found into the contract's JSON, with a parallel `evidence` object: span, rule, confidence of
each value.
"""

from __future__ import annotations

from typing import Any

from bmnn.directives.citations import Citation, Citations
from bmnn.directives.criticism import Flaw
from bmnn.directives.due_dates import Deadline
from bmnn.directives.orders import orders, shortened
from bmnn.directives.reporting import Report
from bmnn.directives.statistics import Statistic
from bmnn.directives.tasks import Task
from bmnn.directives.text import Span, Text, as_read, one_line
from bmnn.directives.values import Head, Tail, Value


class Evidence:
    """Collects {path: {span, rule, confidence}}."""

    def __init__(self) -> None:
        self.of: dict[str, dict[str, Any]] = {}

    def put(self, path: str, span: Span | None, rule: str, confidence: float, **more: Any) -> None:
        """Record where a value stands."""
        entry: dict[str, Any] = {
            "span": list(span) if span else None,
            "rule": rule,
            "confidence": round(confidence, 2),
        }
        entry.update({k: v for k, v in more.items() if v is not None})
        if more.get("repaired_from") or confidence < 0.75:
            entry["confirm"] = True
        self.of[path] = entry

    def value(self, path: str, v: Value) -> Any:
        """Record a value and give it."""
        self.put(path, v.span, v.rule, v.confidence, repaired_from=v.repaired_from)
        return v.value


HEADER = (
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


def header(head: Head, evidence: Evidence) -> dict[str, Any]:
    """`header` of the contract."""
    out: dict[str, Any] = {}
    for name in HEADER:
        v = head.found.get(name)
        out[name] = evidence.value(f"header.{name}", v) if v else None
    out["attached_to"] = head.attached_to or None
    out["date_not_before"] = out["date_not_after"] = None
    out["addressees"] = [evidence.value(f"header.addressees.{i}", v) for i, v in enumerate(head.addressees)]
    return out


def signature(tail: Tail, evidence: Evidence) -> dict[str, Any]:
    """`signature` of the contract."""
    names = ("authority", "on_behalf_of", "role", "name")
    return {
        n: evidence.value(f"signature.{n}", tail.signature[n]) if n in tail.signature else None for n in names
    }


def recipients(tail: Tail, evidence: Evidence) -> dict[str, Any]:
    """`recipients` of the contract."""
    return {
        name: [evidence.value(f"recipients.{name}.{i}", v) for i, v in enumerate(getattr(tail, name))]
        for name in ("to_report", "to_know", "to_file")
    }


def citations(found: Citations, evidence: Evidence) -> list[dict[str, Any]]:
    """`citations` of the contract; `name` and `places` are additions."""
    return [_citation(c, evidence, i) for i, c in enumerate(found.found)]


def _citation(c: Citation, evidence: Evidence, i: int) -> dict[str, Any]:
    first = c.mentions[0]
    code = first.code
    day = c.best("day")
    repaired = next((m.code.repaired_from for m in c.mentions if m.code and m.code.repaired_from), None)
    evidence.put(
        f"citations.{i}.number",
        first.span,
        "code_grammar" if code else "law_name",
        0.6 if repaired else 0.95,
        repaired_from=repaired,
    )
    if day:
        at = next(m for m in c.mentions if m.day)
        evidence.put(f"citations.{i}.date", at.span, "date_beside_code", 0.95)
    evidence.put(f"citations.{i}.relation", first.span, f"relation_{c.relation}", 0.85)
    return {
        "id": c.id,
        "type": c.best("type"),
        "number": c.number,
        "date": day.isoformat() if day else None,  # type: ignore[attr-defined]
        "issuer": c.best("issuer"),
        "subject": _subject(c),
        "relation": c.relation,
        "mentions": len(c.mentions),
        "numbered": code is not None,
        "name": c.best("name"),
        "places": [list(m.span) for m in c.mentions],
    }


def _subject(c: Citation) -> Any:
    return c.best("subject") or c.best("name")


def statistics(found: list[Statistic], evidence: Evidence) -> list[dict[str, Any]]:
    """`statistics` of the contract, with `remarks` on their arithmetic."""
    out = []
    for i, s in enumerate(found):
        evidence.put(f"statistics.{i}", s.t.span(s.a, s.b), "count", 0.85)
        out.append(
            {
                "id": f"S{i + 1}",
                "what": s.what,
                "value": s.value,
                "of": s.of,
                "percent": s.percent,
                "period": s.period,
                "scope": s.scope,
                "source": s.source,
                "remarks": s.remarks,
            }
        )
    return out


def flaws(found: list[Flaw], name: str, evidence: Evidence) -> list[dict[str, Any]]:
    """`shortcomings` and `causes`: first words and summary."""
    out = []
    for i, f in enumerate(found):
        words = one_line(f.t.s)
        evidence.put(f"{name}.{i}", f.t.span(), "segment_of_criticism", 0.8)
        out.append({"quote": shortened(words, 80), "summary": shortened(words, 240)})
    return out


def task(
    found: Task, i: int, quote: str, cites: Citations, evidence: Evidence, source: str
) -> dict[str, Any]:
    """One task of the contract; `inherited` and `inherited_from` beside `responsible`."""
    at = f"tasks.{i}"
    evidence.put(at, found.t.span(), found.rule, found.confidence)
    for name, bodies in (
        ("responsible", found.responsible),
        ("through", found.through),
        ("with", found.coordinating),
        ("advises", found.advises),
    ):
        for n, body in enumerate(bodies):
            evidence.put(
                f"{at}.{name}.{n}",
                body.span,
                "inherited" if found.inherited and name in ("responsible", "through") else f"body_{name}",
                found.confidence,
            )
    for n, d in enumerate(found.deadlines):
        evidence.put(f"{at}.deadline.{n}", found.t.span(d.a, d.b), f"deadline_{d.kind}", 0.9)
    for n, r in enumerate(found.reports):
        evidence.put(f"{at}.reporting.{n}", found.t.span(r.a, r.b), "reporting", 0.8)
    if found.prohibition:
        evidence.put(f"{at}.prohibition", found.prohibition, "prohibition", 0.9)
    basis: list[str] = []
    for m in found.mentions:
        c = cites.of(m)
        if c and c.id not in basis:
            basis.append(c.id)
    words = orders(found.t)
    condition = next((d.more["trigger"] for d in found.deadlines if d.kind == "conditional"), None)
    return {
        "id": f"T{i + 1}",
        "clause": found.clause,
        "quote": quote,
        "responsible": [b.name for b in found.responsible],
        "inherited": found.inherited,
        "inherited_from": found.inherited_from,
        "through": [b.name for b in found.through],
        "with": [b.name for b in found.coordinating],
        "advises": [b.name for b in found.advises],
        "action": shortened(_action(found), 240),
        "actions": words,
        "deadline": [
            *(_deadline(d, found.t, source) for d in found.deadlines),
            *(_deadline(d, found.due, source) for d in found.deadlines_of_due if found.due is not None),
        ],
        "reporting": [_report(r, found) for r in found.reports],
        "prohibition": found.prohibition is not None,
        "condition": condition,
        "legal_basis": basis,
    }


def _action(found: Task) -> str:
    words = one_line(found.t.s[found.subject_end :]).strip(" ,.;:/") or one_line(found.t.s)
    return words[0].upper() + words[1:]


def _deadline(d: Deadline, t: Text, source: str) -> dict[str, Any]:
    out: dict[str, Any] = {"kind": d.kind, "text": as_read(t[d.a : d.b], source)}
    if d.kind == "absolute":
        out.update(
            {"date": d.more.get("date"), "time": d.more.get("time"), "inclusive": d.more.get("inclusive")}
        )
    out.update({k: v for k, v in d.more.items() if k not in out})
    return out


def _report(r: Report, found: Task) -> dict[str, Any]:
    sender = ", ".join(b.name for b in found.responsible) or None
    return {"from": sender, "to": r.to, "via": r.via, "what": r.what, "when": r.when}
