"""Rules whose value is a form, a stamp, a list or a checklist, as typed records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bmnn.law.model import (
    Checklist,
    CheckRow,
    Column,
    ListItem,
    RegisterForm,
    Rule,
    SecretList,
    Stamp,
    StampLine,
)

# The source of what the agency itself entered.
OWN_SOURCE = "ĐV"


def register(rule: Rule, code: str) -> RegisterForm:
    """A register's form from its rule."""
    value = rule.value
    columns = tuple(
        Column(number, c["heading"], c.get("fill", ""), c["field"])
        for number, c in enumerate(value["columns"], 1)
    )
    return RegisterForm(
        code=code,
        version=value["version"],
        title=value["title"],
        form=value["form"],
        columns=columns,
        cover=tuple(value["cover"]),
        page=value["page"],
        official=value["official"],
        citation=rule.citation,
        mark=rule.mark,
        rule=rule,
    )


def stamp(rule: Rule) -> Stamp:
    """A stamp from its rule."""
    value = rule.value
    return Stamp(
        code=rule.key.removeprefix("stamp."),
        version=value["version"],
        title=value["title"],
        form=value["form"],
        shape=value["outline"],
        width_mm=value["width_mm"],
        height_mm=value["height_mm"],
        borders=value.get("borders"),
        gap_mm=value.get("gap_mm"),
        padding_mm=value.get("padding_mm"),
        colour=value["colour"],
        font=value["font"],
        lines=tuple(StampLine(o["text"], o["size_pt"], o["capitals"], o["bold"]) for o in value["lines"]),
        anchor=value.get("anchor", ""),
        use=value["use"],
        citation=rule.citation,
        mark=rule.mark,
        rule=rule,
    )


def checklist(rule: Rule, name: str) -> Checklist:
    """A checklist from its rule."""
    rows = tuple(
        CheckRow(r["code"], r["group"], r["text"], r.get("evidence", "")) for r in rule.value["rows"]
    )
    return Checklist(name, rule.value["title"], rows, rule.citation, rule.mark, rule)


def lists(rules: Mapping[str, Rule]) -> list[SecretList]:
    """The decisions in force with their items."""
    items: dict[str, list[ListItem]] = {}
    for rule in rules.values():
        if rule.shape == "list_item" and rule.value:
            value = rule.value
            items.setdefault(value["decision"], []).append(
                ListItem(
                    code=value["code"],
                    decision=value["decision"],
                    level=value["level"],
                    place=value["place"],
                    text=value["text"],
                    ends_when=value.get("ends_when", ""),
                    mark=rule.mark,
                    own=rule.source == OWN_SOURCE,
                    citation=rule.citation,
                    rule=rule,
                )
            )
    found = []
    for rule in rules.values():
        if rule.shape == "list" and rule.value["state"] != "replaced":
            key, value = rule.key.removeprefix("list."), rule.value
            signed = value["signed"]
            found.append(
                SecretList(
                    key=key,
                    number=value["number"],
                    signed=date.fromisoformat(signed) if isinstance(signed, str) else signed,
                    field=value["field"],
                    state=value["state"],
                    public=value["public"],
                    replaces=tuple(value.get("replaces", ())),
                    items=tuple(items.get(key, ())),
                    citation=rule.citation,
                    mark=rule.mark,
                    rule=rule,
                )
            )
    return found
