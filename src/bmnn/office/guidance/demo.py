"""Guidance of the sample agency: directives in the formats agencies receive, read, confirmed, given out, answered in
part, one commune late. Everything is invented."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from bmnn import directives
from bmnn.office.core.engine import Entry
from bmnn.office.core.models import Unit
from bmnn.office.guidance.acts.approve_plan import ApprovePlan
from bmnn.office.guidance.acts.change_day import ChangeDay
from bmnn.office.guidance.acts.close_due import CloseDue
from bmnn.office.guidance.acts.confirm_document import ConfirmDocument
from bmnn.office.guidance.acts.draft_plan import DraftPlan, Line
from bmnn.office.guidance.acts.give_task import GiveTask
from bmnn.office.guidance.acts.issue_document import IssueDocument
from bmnn.office.guidance.acts.merge_points import MergePoints
from bmnn.office.guidance.acts.receive_source import ReceiveSource
from bmnn.office.guidance.acts.record_meeting import RecordMeeting
from bmnn.office.guidance.acts.report_done import Proof, ReportDone
from bmnn.office.guidance.acts.return_report import ReturnReport
from bmnn.office.guidance.acts.set_up_body import Place, SetUpBody
from bmnn.office.guidance.confirmed import DocumentIn
from bmnn.office.guidance.confirming import parsed, rows
from bmnn.office.guidance.models import Body, Document, Due, Plan, Point, Source
from bmnn.office.guidance.reading import whole
from bmnn.office.guidance.stale import symbols_of
from bmnn.office.guidance.views.sources import confirmed_values
from bmnn.office.records.demo import Sample

# The first of these acts is done so long before today; a demo begun in the first days of a year stays in order.
_START = timedelta(days=100)
SINCE = date(2025, 7, 2)
_DEADLINES = {"H1": -20, "H2": 25, "H3": 10, "H4": 40, "H5": -5}
_WRITTEN = {"1": -86, "2": -92, "3": -88, "4": -60, "5": -70}


def entries(sample: Sample) -> Iterator[Entry]:
    """The story, oldest first."""
    today = sample.until
    yield from _bodies(sample, today - _START)
    yield from _regulations(sample, today - timedelta(days=98))
    yield from _plan(sample, today - timedelta(days=96))
    yield from _read(sample, "cong-van-ba-van-ban.txt", "vt.tinh", "tinh", today - timedelta(days=84))
    yield from _read(sample, "chi-thi-ubnd-tinh.txt", "vt.tinh", "tinh", today - timedelta(days=58))
    yield from _give_out(sample, today - timedelta(days=57))
    yield from _answers(sample, today - timedelta(days=45))
    yield from _take(sample, "chi-thi-tinh-uy.txt", "vt.tinh", "tinh", today - timedelta(days=1))
    yield from _take(sample, "chi-thi-tinh-uy.ocr.txt", "vt.tu", "tinh_uy", today - timedelta(days=1))
    yield from _read(sample, "chi-thi-dang-uy-xa.txt", "vt.xa1", "xa1", today - timedelta(days=1))


@cache
def text_of(name: str, today: date) -> str:
    """A sample text with its dates set around today."""
    text = (files("bmnn.office.guidance") / "data" / "sample" / name).read_text("utf-8")
    for key, days in _DEADLINES.items():
        text = text.replace(f"«{key}»", f"{today + timedelta(days=days):%d/%m/%Y}")
    for key, days in _WRITTEN.items():
        day = today + timedelta(days=days)
        text = text.replace(f"«S{key}»", f"{day:%d/%m/%Y}").replace(f"«Y{key}»", str(day.year))
        text = text.replace(f"«D{key}»", f"{day.day:02d}").replace(f"«M{key}»", str(day.month))
    return text


def _take(sample: Sample, name: str, who: str, unit: str, day: date) -> Iterator[Entry]:
    text = text_of(name, sample.until)
    reading: dict[str, Any] = directives.read(text, name)
    act = ReceiveSource(
        ReceiveSource.Input(
            sample.units[unit], name, hashlib.sha256(text.encode()).hexdigest(), text, whole(reading)
        )
    )
    yield sample.do(act, sample.accounts[who], day)


def _read(sample: Sample, name: str, who: str, unit: str, day: date) -> Iterator[Entry]:
    """Take a file in and confirm each of its documents as it was read."""
    yield from _take(sample, name, who, unit, day)
    source = Source.objects.latest("pk")
    # The last first: a covering letter points to what it forwards.
    for in_file in reversed([d["id"] for d in source.reading["documents"]]):
        record = parsed(source, in_file)
        if record is not None:
            values = confirmed_values(source, in_file, record, rows(source, record))
            yield sample.do(ConfirmDocument(values), sample.accounts[who], day)


def _point(number: str, clause: str) -> Point:
    return Point.objects.get(document__number=number, document__direction="received", clause=clause)


def _give_out(sample: Sample, day: date) -> Iterator[Entry]:
    clerk, today = sample.accounts["vt.tinh"], sample.until
    communes = tuple(sample.units[k] for k in ("xa1", "xa2", "xa3"))
    everyone = (sample.units["so"], *communes)

    def give(point: Point, units: tuple[Unit, ...], deadline: str, **values: Any) -> Entry:
        data = GiveTask.Input(
            giver=sample.units["tinh"],
            units=units,
            action=point.action,
            deadline=deadline,
            point=point,
            **values,
        )
        return sample.do(GiveTask(data), clerk, day)

    yield sample.do(MergePoints(MergePoints.Input(_point("742", "1"), _point("981", "1"))), clerk, day)
    yield give(_point("742", "1"), everyone, "absolute", day=today - timedelta(days=40))
    yield give(_point("742", "2"), everyone, "absolute", day=today - timedelta(days=20))
    yield give(_point("742", "3"), everyone, "absolute", day=today + timedelta(days=25))
    yield give(_point("742", "4"), everyone, "conditional", trigger="phát hiện vụ lộ, mất bí mật nhà nước")
    report = _point("09", "1.c")
    yield give(report, communes, "periodic", day=today + timedelta(days=6), period="P6M")


def _answers(sample: Sample, day: date) -> Iterator[Entry]:
    """The first commune answers with its own directive, the second reports, the third is late."""
    heads = sample.accounts
    own = DocumentIn(
        unit=sample.units["xa1"],
        kind="Kế hoạch",
        issuer="Ủy ban nhân dân xã Mẫu Một",
        subject="quán triệt Luật Bảo vệ bí mật nhà nước trên địa bàn xã",
        number="21",
        symbol="KH-UBND",
        day=day - timedelta(days=6),
        points=(),
    )
    yield sample.do(IssueDocument(IssueDocument.Input(own, (_point("742", "1"),))), heads["vt.xa1"], day)
    made = Document.objects.latest("pk")
    proofs = {
        "xa1": (Proof("document", f"{made}", made),),
        "xa2": (Proof("note", "Đã tổ chức hội nghị quán triệt cho 42 cán bộ, công chức."),),
        "so": (Proof("document", "118/BC-SNV"),),
    }
    for key, proof in proofs.items():
        due = Due.objects.get(task__point=_point("742", "1"), unit=sample.units[key])
        who = "st.so" if key == "so" else f"st.{key}"
        yield sample.do(ReportDone(ReportDone.Input(due, proof)), heads[who], day)
        if key != "so":
            yield sample.do(CloseDue(CloseDue.Input(due)), heads["vt.tinh"], day + timedelta(days=1))
    rules = {"so": "Nội quy 04/NQ-SNV", "xa1": "Nội quy 07/NQ-UBND", "xa2": "Đang sửa nội quy"}
    for key, words in rules.items():
        due = Due.objects.get(task__point=_point("742", "2"), unit=sample.units[key])
        proof = (Proof("note" if key == "xa2" else "document", words),)
        who = "st.so" if key == "so" else f"st.{key}"
        yield sample.do(ReportDone(ReportDone.Input(due, proof)), heads[who], day + timedelta(days=12))
        due.refresh_from_db()
        if key != "xa2":
            yield sample.do(CloseDue(CloseDue.Input(due)), heads["vt.tinh"], day + timedelta(days=13))
            continue
        reason = "Chưa có số, ký hiệu của nội quy mới."
        yield sample.do(
            ReturnReport(ReturnReport.Input(due, reason)), heads["ct.tinh"], day + timedelta(days=13)
        )
        later = ChangeDay.Input(due, sample.until + timedelta(days=8), "Xã đang sáp nhập bộ phận văn thư")
        yield sample.do(ChangeDay(later), heads["vt.tinh"], day + timedelta(days=13))


def _bodies(sample: Sample, day: date) -> Iterator[Entry]:
    people = {k: a.person for k, a in sample.accounts.items()}
    province = (
        Place("Trưởng ban", "Phó Chủ tịch UBND tỉnh", people["pct.tinh"]),
        Place("Phó Trưởng ban thường trực", "Phó Giám đốc Công an tỉnh"),
        Place("Ủy viên", "Giám đốc Sở Nội vụ", people["gd.so"]),
        Place("Thư ký", "Văn thư UBND tỉnh", people["vt.tinh"]),
    )
    commune = (
        Place("Trưởng ban", "Chủ tịch UBND xã", people["ct.xa1"]),
        Place("Phó Trưởng ban", "Trưởng Công an xã"),
        Place("Ủy viên", "Công chức Văn phòng", people["vt.xa1"]),
    )
    for unit, who, number, places in (
        ("tinh", "vt.tinh", "310/QĐ-UBND", province),
        ("xa1", "vt.xa1", "14/QĐ-UBND", commune),
    ):
        decision = f"{number} ngày {day - timedelta(days=5):%d/%m/%Y}"
        data = SetUpBody.Input(sample.units[unit], "ban_chi_dao", decision, day - timedelta(days=4), places)
        yield sample.do(SetUpBody(data), sample.accounts[who], day)
    body = Body.objects.get(unit=sample.units["tinh"])
    meeting = RecordMeeting.Input(
        body,
        day,
        "Đánh giá công tác bảo vệ bí mật nhà nước, giao nhiệm vụ các tháng cuối năm",
        "Các sở, xã hoàn thành rà soát nội quy.\nCông an tỉnh kiểm tra thiết bị tại ba xã.",
        f"88/TB-BCĐ ngày {day:%d/%m/%Y}",
    )
    yield sample.do(RecordMeeting(meeting), sample.accounts["vt.tinh"], day)


def _regulations(sample: Sample, day: date) -> Iterator[Entry]:
    old = DocumentIn(
        unit=sample.units["tinh"],
        kind="Quy chế",
        issuer="Ủy ban nhân dân tỉnh Mẫu",
        subject="bảo vệ bí mật nhà nước trên địa bàn tỉnh",
        number="23",
        symbol="2021/QĐ-UBND",
        day=date(2021, 6, 15),
        citations=tuple(symbols_of("29/2018/QH14 26/2020/NĐ-CP 24/2020/TT-BCA")),
        contents=("copy", "determine", "inventory", "meetings", "provide", "scope", "terms", "transport"),
    )
    new = DocumentIn(
        unit=sample.units["xa1"],
        kind="Nội quy",
        issuer="Ủy ban nhân dân xã Mẫu Một",
        subject="bảo vệ bí mật nhà nước tại trụ sở UBND xã",
        number="07",
        symbol="NQ-UBND",
        day=day - timedelta(days=3),
        citations=tuple(symbols_of("117/2025/QH15 63/2026/NĐ-CP")),
        contents=("copy", "determine", "inventory", "machines", "scope", "staff", "take_out", "transport"),
    )
    for values, who in ((old, "vt.tinh"), (new, "vt.xa1")):
        yield sample.do(IssueDocument(IssueDocument.Input(values)), sample.accounts[who], day)


def _plan(sample: Sample, day: date) -> Iterator[Entry]:
    end = date(day.year, 12, 15)
    lines = (
        Line(
            "Tuyên truyền",
            "Tập huấn Luật Bảo vệ bí mật nhà nước cho cán bộ các sở, xã",
            "Công an tỉnh",
            "Quý III",
            "Sở Nội vụ",
            product="2 lớp tập huấn",
            cost="60 triệu đồng",
            origin="Quyết định 452/QĐ-TTg",
        ),
        Line(
            "Kiểm tra",
            "Kiểm tra việc chấp hành tại ba xã",
            "Công an tỉnh",
            "Quý IV",
            "Văn phòng UBND tỉnh",
            due=end,
            product="Kết luận kiểm tra",
        ),
        Line(
            "Thiết bị",
            "Kiểm tra an ninh máy tính soạn thảo bí mật nhà nước",
            "Sở Nội vụ",
            "Quý IV",
            "Công an tỉnh",
            due=end,
            product="Biên bản kiểm tra",
        ),
    )
    goals = "Thực hiện đúng Luật Bảo vệ bí mật nhà nước.\nKhông để xảy ra lộ, mất bí mật nhà nước."
    data = DraftPlan.Input(sample.units["tinh"], day.year, goals, lines)
    yield sample.do(DraftPlan(data), sample.accounts["vt.tinh"], day)
    plan = Plan.objects.latest("pk")
    approve = ApprovePlan.Input(plan, f"52/KH-UBND ngày {day:%d/%m/%Y}")
    yield sample.do(ApprovePlan(approve), sample.accounts["ct.tinh"], day)
