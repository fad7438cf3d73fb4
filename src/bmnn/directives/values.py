"""What the head and the tail of a document give: values with their places, rules and confidence."""

from __future__ import annotations

from dataclasses import dataclass, field

from bmnn.directives.text import Span


@dataclass
class Value:
    """A value, where it stands, the rule that found it and how sure the rule is (0..1)."""

    value: object
    span: Span | None = None
    rule: str = ""
    confidence: float = 1.0
    repaired_from: str | None = None


@dataclass
class Head:
    """Values by field name of the contract; a field the text is silent about is absent."""

    found: dict[str, Value] = field(default_factory=dict)
    addressees: list[Value] = field(default_factory=list)
    code: str | None = None
    attached_to: str | None = None
    """Number of the document this one is attached to; empty when it only says that it is attached."""


@dataclass
class Tail:
    """Recipients in three lists and the signature's parts."""

    to_report: list[Value] = field(default_factory=list)
    to_know: list[Value] = field(default_factory=list)
    to_file: list[Value] = field(default_factory=list)
    signature: dict[str, Value] = field(default_factory=dict)
