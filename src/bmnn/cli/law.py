"""`bmnn law`: what the law says on a day, searched without marks; one rule with its history; an instrument.

The command reads the rules shipped with the program. What the agency confirmed or corrected lies in its data folder
and is laid over them when `--data` names it.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from bmnn import law
from bmnn.cli.words import UserError
from bmnn.vietnamese import FieldError, fold, parse_date

HELP = "tra căn cứ pháp lý theo ngày: quy định, danh mục, văn bản"
_DONE, _NOTHING = 0, 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("words", nargs="*", metavar="TỪ", help="từ cần tìm, không cần dấu; để trống: tất cả")
    parser.add_argument("--on", metavar="NGÀY", help="ngày áp dụng, ví dụ 05/03/2026 (mặc định: hôm nay)")
    parser.add_argument("--rule", metavar="MÃ", help="một quy định với mọi bản, ví dụ term.mat")
    parser.add_argument("--topic", metavar="NHÓM", help="chỉ một nhóm, ví dụ terms; «?» để xem các nhóm")
    parser.add_argument("--mark", choices=list(law.MARKS), metavar="DẤU",
                        help="chỉ quy định có dấu tin cậy này: " + ", ".join(law.MARKS))  # fmt: skip
    parser.add_argument("--unverified", action="store_true", help="chỉ quy định chưa đối chiếu")
    parser.add_argument("--instrument", metavar="SỐ", help="một văn bản, ví dụ 26/2020/NĐ-CP")
    parser.add_argument("--data", type=Path, help="thư mục dữ liệu, để tính cả xác nhận của cơ quan")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(args: argparse.Namespace) -> int:
    """Answer one question."""
    day = _day(args.on)
    if args.instrument:
        return _instrument(args.instrument, day, args.json)
    if args.topic == "?":
        return _topics(args.json)
    view = law.on(day, _overlay(args.data))
    if args.rule:
        return _rule(view, args.rule, args.json)
    return _rules(view, args)


def _day(written: str | None) -> date:
    if not written:
        return date.today()  # noqa: DTZ011  the user's own calendar day
    try:
        return parse_date(written)
    except FieldError as error:
        raise UserError(f"Không đọc được ngày «{written}»: {error} Hãy viết như 05/03/2026.") from error


def _overlay(data: Path | None) -> law.Overlay:
    if data is None:
        return law.NO_OVERLAY
    from bmnn.office.core.boot import boot, has_database

    data = data.absolute()
    if not has_database(data):
        raise UserError(f"Không có dữ liệu trong {data}. Hãy chạy: bmnn init --data {data}")
    boot(data)
    from bmnn.office.core.lawview import overlay

    # Items of lists that are not published are not for the eyes of whoever runs the machine.
    found, lists = overlay(), law.library().versions
    shown = {a: r for a, r in found.added.items() if lists[f"list.{r.value['decision']}"][0].value["public"]}
    return replace(found, added=shown)


def _rules(view: law.View, args: argparse.Namespace) -> int:
    topics = law.library().topics
    if args.topic and args.topic not in topics:
        raise UserError(f"Không có nhóm «{args.topic}». Các nhóm: {', '.join(topics)}.")
    found = [
        rule
        for rule in law.find(fold, view.rules.values(), " ".join(args.words))
        if (not args.topic or rule.topic == args.topic)
        and (not args.mark or rule.mark == args.mark)
        and (not args.unverified or rule.unverified)
    ]
    if args.json:
        _print({"day": view.day.isoformat(), "regime": view.regime, "rules": [as_json(r) for r in found]})
        return _DONE if found else _NOTHING
    if not view.encoded:
        print(view.may("copy", "MAT", law.Holder("ubnd", "commune", "chu_tich_ubnd")).reason)
        return _NOTHING
    print(f"Ngày {view.day:%d/%m/%Y}: {law.library().regimes[view.regime].title}. {len(found)} quy định.")
    before = ""
    for rule in found:
        if rule.topic != before:
            print(f"\n{topics[rule.topic].upper()}")
            before = rule.topic
        print(f"\n{rule.title}{_badge(rule)}")
        for line in law.lines(rule):
            print(f"    {line}")
        print(f"    Căn cứ: {rule.citation} · mã {rule.key}")
    if not found:
        print("Không tìm thấy quy định nào. Hãy bớt từ tìm, hoặc bỏ bớt điều kiện lọc.")
    return _DONE if found else _NOTHING


def _rule(view: law.View, key: str, as_json_text: bool) -> int:
    name = key.partition("@")[0]
    versions = [view.overlay.apply(r) for r in law.library().versions.get(name, ())]
    if not versions:
        near = sorted((k for k in law.library().versions if name in k), key=lambda k: not k.startswith(name))[
            :5
        ]
        hint = f" Có phải: {', '.join(near)}?" if near else ""
        raise UserError(f"Không có quy định mang mã «{key}».{hint}")
    if as_json_text:
        _print({"key": name, "versions": [as_json(r) for r in versions]})
        return _DONE
    print(f"{versions[0].title} · mã {name}")
    for rule in versions:
        until = f"{rule.in_force_until:%d/%m/%Y}" if rule.in_force_until else "nay"
        here = " (áp dụng cho ngày đang tra)" if rule.in_force(view.day) else ""
        print(f"\nTừ {rule.in_force_from:%d/%m/%Y} đến {until}{here}{_badge(rule)}")
        for line in law.lines(rule):
            print(f"    {line}")
        print(f"    Căn cứ: {rule.citation}")
        print(f"    {rule.mark_words}; nguồn: {'; '.join(law.sources(rule, law.library().sources))}")
        if rule.carried and rule.confirmation is None:
            print("    Giá trị của luật trước, chưa đọc được trong luật mới.")
        if rule.note:
            print(f"    Ghi chú: {rule.note}")
        if rule.confirmation:
            c = rule.confirmation
            print(f"    {c.by} đối chiếu ngày {date.fromisoformat(c.on):%d/%m/%Y}: {c.citation}")
    return _DONE


def _instrument(symbol: str, day: date, as_json_text: bool) -> int:
    found = law.instruments(symbol)
    if not found:
        raise UserError(f"Không biết văn bản số «{symbol}».")
    if as_json_text:
        _print({"day": day.isoformat(), "instruments": [_instrument_json(one, day) for one in found]})
        return _DONE
    states = {True: "còn hiệu lực", False: "không còn hoặc chưa có hiệu lực", None: "chưa rõ hiệu lực"}
    for one in found:
        issued = f" ngày {one.issued:%d/%m/%Y}" if one.issued else ""
        print(f"{one.full_name}{issued}: {one.title}")
        print(f"    Cơ quan ban hành: {one.issuer or 'chưa rõ'}")
        since = f"từ {one.in_force_from:%d/%m/%Y}" if one.in_force_from else "ngày có hiệu lực chưa rõ"
        until = f" đến {one.in_force_until:%d/%m/%Y}" if one.in_force_until else ""
        print(f"    Hiệu lực: {since}{until}; ngày {day:%d/%m/%Y}: {states[one.in_force(day)]}")
        if one.replaced_by:
            print(f"    Được thay bằng: {', '.join(one.replaced_by)}")
        if one.note:
            print(f"    Ghi chú: {one.note}")
    return _DONE


def _topics(as_json_text: bool) -> int:
    topics = law.library().topics
    if as_json_text:
        _print({"topics": topics})
    else:
        for name, title in topics.items():
            print(f"{name:<12} {title}")
    return _DONE


def _badge(rule: law.Rule) -> str:
    return f" [{rule.badge}]" if rule.badge else ""


def as_json(rule: law.Rule) -> dict[str, Any]:
    """A rule as plain values."""
    confirmed = rule.confirmation
    return {
        "key": rule.key,
        "topic": rule.topic,
        "title": rule.title,
        "value": rule.value,
        "unit": rule.unit,
        "says": law.lines(rule),
        "citation": rule.citation,
        "mark": rule.mark,
        "unverified": rule.unverified,
        "carried": rule.carried,
        "source": rule.source,
        "regime": rule.regime,
        "in_force_from": rule.in_force_from.isoformat(),
        "in_force_until": rule.in_force_until.isoformat() if rule.in_force_until else None,
        "note": rule.note,
        "confirmation": vars(confirmed) if confirmed else None,
    }


def _instrument_json(one: law.Instrument, day: date) -> dict[str, Any]:
    return {
        "symbol": one.symbol,
        "kind": one.kind,
        "issuer": one.issuer,
        "title": one.title,
        "issued": one.issued,
        "in_force_from": one.in_force_from,
        "in_force_until": one.in_force_until,
        "in_force": one.in_force(day),
        "replaced_by": list(one.replaced_by),
        "mark": one.mark,
        "note": one.note,
    }


def _print(body: dict[str, Any]) -> None:
    print(json.dumps({"schema_version": 1} | body, ensure_ascii=False, indent=2, default=str))
