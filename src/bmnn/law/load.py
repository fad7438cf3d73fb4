"""Reads the rule files into one library and checks everything; the only reader of `data/*.yaml`.

A rule file is

    topic: terms                        # the group it is shown under
    order: 40                           # of the groups
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

from bmnn.law.instrument_data import read_instruments, unknown_source
from bmnn.law.model import MARKS, UNVERIFIED, Instrument, LawDataError, Place, Rule
from bmnn.law.shapes import SHAPES, check_value

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_RULE_FIELDS = {"title", "shape", "unit", "codes", "versions", "note"}
_VERSION_FIELDS = {
    "regime", "from", "until", "value", "carry", "says", "cite", "mark", "source", "note", "title",
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
    """Everything the rule files say. Topics and rules stand in the order of the files; `versions[key]` in order
    of force. `sources` names where rules were read."""

    regimes: dict[str, Regime]
    sources: dict[str, str]
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
        if isinstance(node, yaml.MappingNode) and len({key.value for key, _ in node.value}) < len(node.value):
            names = [key.value for key, _ in node.value]
            twice = next(n for n in names if names.count(n) > 1)
            raise LawDataError(f"khóa {twice} ghi hai lần (dòng {node.start_mark.line + 1})")
        return super().construct_mapping(node, deep=deep)

    def construct_day(self, node: Any) -> Any:
        """A day; one that is not in the calendar stays text, so that its field can be named."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return self.construct_scalar(node)


_Strict.add_constructor("tag:yaml.org,2002:timestamp", _Strict.construct_day)


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
    for needed in ("regimes.yaml", "sources.yaml", "instruments.yaml"):
        if needed not in read:
            raise LawDataError(f"{needed}: thiếu tệp")
    regimes = _regimes(read.pop("regimes.yaml"))
    sources_known = {str(k): str(v) for k, v in read.pop("sources.yaml").get("sources", {}).items()}
    faults: list[str] = []
    instruments = read_instruments(read.pop("instruments.yaml"), sources_known, faults)
    found = Library(regimes, sources_known, instruments, {}, {})
    for name, data in sorted(read.items(), key=_order):
        _topic(name, data, found, faults)
    if faults:
        raise LawDataError("\n".join(faults))
    return found


def _order(item: tuple[str, dict[str, Any]]) -> tuple[int, str]:
    order = item[1].get("order")
    return (order if isinstance(order, int) else 0, item[0])


@lru_cache(maxsize=1)
def library() -> Library:
    """The rules shipped with the program."""
    folder = files("bmnn.law") / "data"
    return build({f.name: f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")})


def _regimes(data: dict[str, Any]) -> dict[str, Regime]:
    found = {}
    for code, one in data["regimes"].items():
        if not isinstance(one.get("from"), date):
            raise LawDataError(f"regimes.yaml: {code}: trường from phải là ngày")
        found[code] = Regime(
            code, one["title"], one["from"], one.get("until"), one.get("early_from", one["from"])
        )
    return found


def _topic(name: str, data: dict[str, Any], known: Library, faults: list[str]) -> None:
    topic = data.get("topic")
    if not isinstance(topic, str) or not isinstance(data.get("title"), str):
        faults.append(f"{name}: thiếu topic hoặc title")
        return
    known.topics.setdefault(topic, data["title"])
    for extra in sorted(set(data) - {"topic", "order", "title", "rules"}):
        faults.append(f"{name}: có trường lạ {extra}")
    for key, rule in (data.get("rules") or {}).items():
        where = f"{name}: {key}"
        if key in known.versions:
            faults.append(f"{where}: khóa đã có ở tệp khác")
            continue
        known.versions[key] = tuple(_versions(where, key, topic, rule, known, faults))


def _versions(
    where: str, key: str, topic: str, rule: Any, known: Library, faults: list[str]
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
    codes = rule.get("codes", {})
    if not isinstance(codes, dict) or not all(isinstance(v, str) and v.strip() for v in codes.values()):
        faults.append(f"{where}: trường codes phải là nhóm mã: lời giải thích")
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
    known: Library,
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
    wrong_source = unknown_source(version.get("source"), known.sources)
    if wrong_source:
        fault(wrong_source)
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


def _places(cite: Any, known: Library, fault: Any) -> tuple[Place, ...]:
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


def _written(place: Place, known: Library) -> str:
    """`Điều 19 khoản 1 điểm c` of a law as lawyers write it: "điểm c khoản 1 Điều 19 Luật …"."""
    name = known.instruments[place.instrument].full_name if place.instrument in known.instruments else ""
    inner_first = reversed(re.split(r" (?=khoản |điểm )", place.article)) if place.article else ()
    return " ".join([*inner_first, name]).strip()


def boundaries(found: Library) -> list[date]:
    """The days on which any rule begins or ceases, in order: between two of them the law does not change."""
    days = {rule.in_force_from for rule in found.rules()}
    days |= {rule.in_force_until + timedelta(days=1) for rule in found.rules() if rule.in_force_until}
    return sorted(days)
