"""Reads the rule files into one library and checks everything; the only reader of `data/*.yaml`.

A rule file is

    topic: terms                        # the group it is shown under
    title: Thời hạn bảo vệ
    rules:
      term.mat:
        title: Thời hạn bảo vệ bí mật nhà nước độ Mật
        shape: count                    # of the value, see shapes.py
        unit: năm
        codes: {…}                      # shape `code` only: code → words
        versions:
          - {regime: "2018", value: 10, cite: luat_2018 Điều 19 khoản 1 điểm c, mark: text, source: S1}
          - {regime: "2025", carry: true, cite: luat_2025 Điều 19, mark: memory, source: README}

A version takes the days of its regime unless it names `from` or `until`. `carry` takes the value of the version
before it. `cite` holds an instrument's key and the place, several joined by `;`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from bmnn.law.model import MARKS, UNVERIFIED, Instrument, LawDataError, Place, Rule
from bmnn.law.shapes import SHAPES, check_value

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_RULE_FIELDS = {"title", "shape", "unit", "codes", "versions", "note"}
_VERSION_FIELDS = {
    "regime", "from", "until", "value", "carry", "says", "cite", "mark", "source", "note", "title",
}  # fmt: skip
_INSTRUMENT_FIELDS = {
    "symbol", "kind", "issuer", "title", "date", "from", "until", "replaced_by", "amended_by", "mark", "source",
    "note",
}  # fmt: skip


@dataclass(frozen=True)
class Regime:
    """A law with its decree. `early_from`: from this day some of its rules already held."""

    code: str
    title: str
    since: date
    until: date | None
    early_from: date


@dataclass(frozen=True)
class Library:
    """Everything the rule files say. `versions[key]` is in order of force."""

    regimes: dict[str, Regime]
    instruments: dict[str, Instrument]
    topics: dict[str, str]
    versions: dict[str, tuple[Rule, ...]]

    def rules(self) -> Iterator[Rule]:
        """Every version of every rule."""
        for several in self.versions.values():
            yield from several


class _Strict(_Loader):  # type: ignore[misc]
    """Refuses a key written twice: yaml would silently keep the last."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        names = [k.value for k in node.value for k in [k[0]]] if isinstance(node, yaml.MappingNode) else []
        if len(names) != len(set(names)):
            twice = next(n for n in names if names.count(n) > 1)
            raise LawDataError(f"khóa {twice} ghi hai lần (dòng {node.start_mark.line + 1})")
        return super().construct_mapping(node, deep=deep)


def read_yaml(name: str, text: str) -> dict[str, Any]:
    """One file as a mapping. Raises LawDataError naming the file and line."""
    try:
        found = yaml.load(text, Loader=_Strict)  # noqa: S506  a SafeLoader
    except LawDataError as error:
        raise LawDataError(f"{name}: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (dòng {mark.line + 1})" if mark else ""
        raise LawDataError(f"{name}: tệp không đúng cú pháp YAML{where}") from error
    if not isinstance(found, dict):
        raise LawDataError(f"{name}: tệp phải là nhóm trường")
    return found


def build(sources: Mapping[str, str]) -> Library:
    """The library from file name → text. Raises LawDataError with every fault found, one a line."""
    read = {name: read_yaml(name, text) for name, text in sorted(sources.items())}
    for needed in ("regimes.yaml", "instruments.yaml"):
        if needed not in read:
            raise LawDataError(f"{needed}: thiếu tệp")
    regimes = _regimes(read.pop("regimes.yaml"))
    faults: list[str] = []
    instruments = _instruments(read.pop("instruments.yaml"), faults)
    topics: dict[str, str] = {}
    versions: dict[str, tuple[Rule, ...]] = {}
    for name, data in read.items():
        _topic(name, data, _Known(regimes, instruments, topics, versions), faults)
    if faults:
        raise LawDataError("\n".join(faults))
    return Library(regimes, instruments, topics, versions)


@lru_cache(maxsize=1)
def library() -> Library:
    """The rules shipped with the program."""
    folder = files("bmnn.law") / "data"
    return build({f.name: f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")})


@dataclass(frozen=True)
class _Known:
    regimes: dict[str, Regime]
    instruments: dict[str, Instrument]
    topics: dict[str, str]
    versions: dict[str, tuple[Rule, ...]]


def _regimes(data: dict[str, Any]) -> dict[str, Regime]:
    found = {}
    for code, one in data["regimes"].items():
        if not isinstance(one.get("from"), date):
            raise LawDataError(f"regimes.yaml: {code}: trường from phải là ngày")
        found[code] = Regime(
            code, one["title"], one["from"], one.get("until"), one.get("early_from", one["from"])
        )
    return found


def _instruments(data: dict[str, Any], faults: list[str]) -> dict[str, Instrument]:
    found: dict[str, Instrument] = {}
    rows = data.get("instruments", {})
    for key, one in rows.items():
        where = f"instruments.yaml: {key}"
        for name in sorted(set(one) - _INSTRUMENT_FIELDS):
            faults.append(f"{where}: có trường lạ {name}")
        for name in ("symbol", "kind", "title", "mark", "source"):
            if not isinstance(one.get(name), str) or not one[name]:
                faults.append(f"{where}: trường {name} phải là chữ, không để trống")
        for name in ("date", "from", "until"):
            if not isinstance(one.get(name), date | None):
                faults.append(f"{where}: trường {name} phải là ngày")
        if one.get("mark") not in MARKS:
            faults.append(f"{where}: trường mark phải là một trong: {', '.join(MARKS)}")
        if one.get("from") and one.get("until") and one["until"] < one["from"]:
            faults.append(f"{where}: trường until đứng trước from")
        for name in ("replaced_by", "amended_by"):
            for other in one.get(name, []):
                if other not in rows:
                    faults.append(f"{where}: trường {name} nhắc tới văn bản lạ {other}")
        found[key] = Instrument(
            key=key,
            symbol=one.get("symbol", ""),
            kind=one.get("kind", ""),
            issuer=one.get("issuer", ""),
            title=one.get("title", ""),
            issued=one.get("date"),
            in_force_from=one.get("from"),
            in_force_until=one.get("until"),
            replaced_by=tuple(rows[k]["symbol"] for k in one.get("replaced_by", []) if k in rows),
            amended_by=tuple(rows[k]["symbol"] for k in one.get("amended_by", []) if k in rows),
            mark=one.get("mark", ""),
            source=one.get("source", ""),
            note=one.get("note", ""),
        )
    return found


def _topic(name: str, data: dict[str, Any], known: _Known, faults: list[str]) -> None:
    topic = data.get("topic")
    if not isinstance(topic, str) or not isinstance(data.get("title"), str):
        faults.append(f"{name}: thiếu topic hoặc title")
        return
    known.topics.setdefault(topic, data["title"])
    for extra in sorted(set(data) - {"topic", "title", "rules"}):
        faults.append(f"{name}: có trường lạ {extra}")
    for key, rule in (data.get("rules") or {}).items():
        where = f"{name}: {key}"
        if key in known.versions:
            faults.append(f"{where}: khóa đã có ở tệp khác")
            continue
        known.versions[key] = tuple(_versions(where, key, topic, rule, known, faults))


def _versions(
    where: str, key: str, topic: str, rule: Any, known: _Known, faults: list[str]
) -> Iterator[Rule]:
    if not isinstance(rule, dict):
        faults.append(f"{where}: phải là nhóm trường")
        return
    for extra in sorted(set(rule) - _RULE_FIELDS):
        faults.append(f"{where}: có trường lạ {extra}")
    if not isinstance(rule.get("title"), str) or not rule["title"]:
        faults.append(f"{where}: trường title phải là chữ, không để trống")
        return
    shape = rule.get("shape")
    if shape not in SHAPES:
        faults.append(f"{where}: trường shape phải là một trong: {', '.join(SHAPES)}")
        return
    if not rule.get("versions"):
        faults.append(f"{where}: thiếu versions")
        return
    before: Rule | None = None
    for number, version in enumerate(rule["versions"], 1):
        made = _version(f"{where}: bản {number}", key, topic, rule, version, before, known, faults)
        if made is not None:
            yield made
            before = made


def _version(
    where: str,
    key: str,
    topic: str,
    rule: dict[str, Any],
    version: Any,
    before: Rule | None,
    known: _Known,
    faults: list[str],
) -> Rule | None:
    def fault(what: str) -> None:
        faults.append(f"{where}: {what}")

    start = len(faults)
    if not isinstance(version, dict):
        fault("phải là nhóm trường")
        return None
    for extra in sorted(set(version) - _VERSION_FIELDS):
        fault(f"có trường lạ {extra}")
    regime = known.regimes.get(str(version.get("regime", "")))
    if version.get("regime") is not None and regime is None:
        fault(f"không có chế độ pháp luật {version['regime']}")
    since = version.get("from") or (regime.since if regime else None)
    until = version.get("until", regime.until if regime else None)
    if not isinstance(since, date):
        fault("trường from phải là ngày")
        since = date.min
    if not isinstance(until, date | None):
        fault("trường until phải là ngày")
        until = None
    if until is not None and until < since:
        fault("trường until đứng trước from")
    if before is not None and (before.in_force_until is None or before.in_force_until >= since):
        fault("khoảng hiệu lực chồng lên bản trước")
    mark = version.get("mark")
    if mark not in MARKS:
        fault(f"trường mark phải là một trong: {', '.join(MARKS)}")
    if not isinstance(version.get("source"), str) or not version["source"]:
        fault("trường source phải là chữ, không để trống")
    carried = version.get("carry", False) is True
    if carried and before is None:
        fault("carry nhưng không có bản trước")
    if carried and mark not in UNVERIFIED | {"secondary", "text*"}:
        fault("giá trị mang từ bản trước sang không thể có dấu text")
    value = before.value if carried and before is not None else version.get("value")
    codes = rule.get("codes", {})
    if value is None:
        if mark in ("text", "text*"):
            fault("dấu text nhưng không có giá trị")
    else:
        wrong = check_value(rule["shape"], value, codes)
        if wrong:
            fault(f"trường value {wrong}")
    places = _places(version.get("cite"), known, fault)
    if len(faults) > start:
        return None
    return Rule(
        key=key,
        topic=topic,
        title=version.get("title", rule["title"]),
        shape=rule["shape"],
        value=value,
        unit=rule.get("unit", ""),
        says=version.get("says") or (before.says if carried and before is not None else ""),
        citation="; ".join(_written(p, known) for p in places),
        places=places,
        mark=str(mark),
        source=version["source"],
        regime=regime.code if regime else "",
        in_force_from=since,
        in_force_until=until,
        note=version.get("note", rule.get("note", "")),
        carried=carried,
        codes=codes,
    )


def _places(cite: Any, known: _Known, fault: Any) -> tuple[Place, ...]:
    if not isinstance(cite, str) or not cite.strip():
        fault("trường cite phải là khóa văn bản và điều, khoản")
        return ()
    found = []
    for part in cite.split(";"):
        instrument, _, article = part.strip().partition(" ")
        if instrument not in known.instruments:
            fault(f"trường cite nhắc tới văn bản lạ {instrument}")
        found.append(Place(instrument, article.strip()))
    return tuple(found)


def _written(place: Place, known: _Known) -> str:
    """`Điều 19 khoản 1 điểm c` of a law as lawyers write it: "điểm c khoản 1 Điều 19 Luật …"."""
    name = known.instruments[place.instrument].full_name if place.instrument in known.instruments else ""
    inner_first = reversed(re.split(r" (?=khoản |điểm )", place.article)) if place.article else ()
    return " ".join([*inner_first, name]).strip()


def boundaries(found: Library) -> list[date]:
    """The days on which any rule begins or ceases, in order: between two of them the law does not change."""
    days = {rule.in_force_from for rule in found.rules()}
    days |= {rule.in_force_until + timedelta(days=1) for rule in found.rules() if rule.in_force_until}
    return sorted(days)
