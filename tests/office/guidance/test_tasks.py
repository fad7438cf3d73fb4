"""A point becomes tasks; tasks are reported, returned, closed; lateness and coverage follow from that."""

from __future__ import annotations

from datetime import date

import pytest

from bmnn.office.core.act import Refused
from bmnn.office.core.acts.dissolve_units import DissolveUnits
from bmnn.office.core.models import Event
from bmnn.office.core.replay import differences
from bmnn.office.guidance.acts.change_day import ChangeDay
from bmnn.office.guidance.acts.close_due import CloseDue
from bmnn.office.guidance.acts.confirm_document import ConfirmDocument
from bmnn.office.guidance.acts.event_happened import EventHappened
from bmnn.office.guidance.acts.issue_document import IssueDocument
from bmnn.office.guidance.acts.merge_points import MergePoints
from bmnn.office.guidance.acts.report_done import Proof, ReportDone
from bmnn.office.guidance.acts.return_report import ReturnReport
from bmnn.office.guidance.acts.withdraw_task import WithdrawTask
from bmnn.office.guidance.confirmed import DocumentIn, PointIn
from bmnn.office.guidance.coverage import chain, chase, cover, evaluation, matrix
from bmnn.office.guidance.models import Document, Due, Point
from tests.office.guidance.conftest import Province

NOTE = (Proof("note", "Đã phổ biến cho toàn thể công chức."),)


def messages(refused: pytest.ExceptionInfo[Refused]) -> str:
    return " ".join(r.message for r in refused.value.refusals)


def report(province: Province, due: Due, who: str) -> None:
    due.refresh_from_db()
    province.do(ReportDone(ReportDone.Input(due, NOTE)), who)
    due.refresh_from_db()


def state(province: Province, document: Document) -> list[str]:
    return [row.state for row in cover(document.points.all(), province.today)]


def test_a_point_goes_from_no_owner_to_done(province: Province) -> None:
    directive = province.directive("Phổ biến Luật")
    assert state(province, directive) == ["no_owner"]
    due = province.give(directive.points.get(), province.xa)[0]
    assert state(province, directive) == ["no_evidence"]
    report(province, due, "cv_xa")
    assert state(province, directive) == ["submitted"]
    province.do(ReturnReport(ReturnReport.Input(due, "Thiếu danh sách.")), "ct_tinh")
    due.refresh_from_db()
    assert (due.state, due.returns) == ("returned", 1)
    report(province, due, "cv_xa")
    province.do(CloseDue(CloseDue.Input(due)), "ct_tinh")
    assert state(province, directive) == ["done"]


def test_lateness_is_counted_from_the_day_after_the_date(province: Province) -> None:
    directive = province.directive("Phổ biến Luật")
    first, second = province.give(directive.points.get(), province.xa, province.xa2)
    province.today = date(2026, 4, 20)
    assert chase(Due.objects.all(), province.today) == []
    report(province, first, "vt_xa")
    province.today = date(2026, 4, 23)
    assert [(d.unit, n) for d, n in chase(Due.objects.all(), province.today)] == [(province.xa2, 3)]
    row = matrix(directive, province.today)
    assert dict(zip([u.name for u in row.units], [c[0] for c in row.cells(row.rows[0])], strict=True)) == {
        province.xa.name: "submitted",
        province.xa2.name: "late",
    }
    report(province, second, "vt_xa2")
    province.do(CloseDue(CloseDue.Input(first)), "vt_tinh")
    province.do(CloseDue(CloseDue.Input(second)), "vt_tinh")
    year = evaluation(Due.objects.all(), date(2026, 1, 1), date(2026, 12, 31), province.today)
    assert {s.unit.name: (s.due, s.in_time, s.late_done, s.percent) for s in year} == {
        province.xa.name: (1, 1, 0, 100),
        province.xa2.name: (1, 0, 1, 0),
    }


def test_nobody_closes_their_own_report_and_strangers_do_neither(province: Province) -> None:
    directive = province.directive("Tự kiểm tra")
    due = province.give(directive.points.get(), province.tinh)[0]
    with pytest.raises(Refused) as refused:
        report(province, due, "vt_xa")
    assert "Không tìm thấy" in messages(refused)
    report(province, due, "vt_tinh")
    with pytest.raises(Refused) as refused:
        province.do(CloseDue(CloseDue.Input(due)), "vt_tinh")
    assert "không được tự duyệt" in messages(refused)
    with pytest.raises(Refused):
        province.do(CloseDue(CloseDue.Input(due)), "ct_xa")
    province.do(CloseDue(CloseDue.Input(due)), "ct_tinh")
    with pytest.raises(Refused) as refused:
        report(province, due, "vt_tinh")
    assert "Đã hoàn thành" in messages(refused)


def test_a_deadline_moves_only_by_its_giver_and_with_a_reason(province: Province) -> None:
    directive = province.directive("Báo cáo")
    due = province.give(directive.points.get(), province.xa)[0]
    later = date(2026, 5, 4)
    for who, reason in (("vt_xa", "Bận"), ("vt_tinh", "  ")):
        with pytest.raises(Refused):
            province.do(ChangeDay(ChangeDay.Input(due, later, reason)), who)
    province.do(ChangeDay(ChangeDay.Input(due, later, "Chờ mẫu của tỉnh")), "vt_tinh")
    due.refresh_from_db()
    assert (due.day, due.first_day) == (later, date(2026, 4, 20))


def test_a_periodic_task_gets_its_next_date_when_the_last_is_closed(province: Province) -> None:
    directive = province.directive("Báo cáo 6 tháng")
    due = province.give(
        directive.points.get(), province.xa, deadline="periodic", period="P6M", day=date(2026, 8, 31)
    )[0]
    report(province, due, "vt_xa")
    province.do(CloseDue(CloseDue.Input(due)), "vt_tinh")
    dates = list(Due.objects.order_by("no").values_list("no", "day", "state"))
    assert dates == [(1, date(2026, 8, 31), "closed"), (2, date(2027, 2, 28), "open")]


def test_a_conditional_task_waits_and_then_is_owed(province: Province) -> None:
    directive = province.directive("Khi phát hiện vụ lộ, mất thì báo cáo ngay")
    with pytest.raises(Refused) as refused:
        province.give(directive.points.get(), province.xa, deadline="conditional", day=None)
    assert "sự việc" in messages(refused)
    waiting = province.give(
        directive.points.get(), province.xa, deadline="conditional", day=None, trigger="phát hiện vụ lộ, mất"
    )[0]
    assert state(province, directive) == ["waiting"]
    province.do(EventHappened(EventHappened.Input(waiting, "Mất USB", date(2026, 4, 7))), "vt_xa")
    province.today = date(2026, 4, 9)
    assert state(province, directive) == ["late"]
    assert Due.objects.filter(state="waiting").count() == 1


def test_a_task_for_a_unit_that_no_longer_exists_names_its_heir(province: Province) -> None:
    directive = province.directive("Phổ biến Luật")
    province.do(
        DissolveUnits(DissolveUnits.Input((province.xa2,), date(2026, 4, 1), "NQ 01/2026", (province.xa,))),
        "quan_tri",
    )
    province.xa2.refresh_from_db()
    with pytest.raises(Refused) as refused:
        province.give(directive.points.get(), province.xa2)
    assert "đã kết thúc hoạt động" in messages(refused)
    assert province.xa.name in messages(refused)


def test_the_same_point_of_two_letters_is_answered_once(province: Province) -> None:
    party = province.directive("Rà soát vị trí trọng yếu", number="9960")
    state_letter = province.directive("Rà soát vị trí trọng yếu, cơ mật", number="7592")
    head, double = party.points.get(), state_letter.points.get()
    province.do(MergePoints(MergePoints.Input(head, double)), "vt_tinh")
    due = province.give(head, province.xa)[0]
    report(province, due, "vt_xa")
    province.do(CloseDue(CloseDue.Input(due)), "vt_tinh")
    assert state(province, state_letter) == ["done"]
    double.refresh_from_db()
    with pytest.raises(Refused):
        province.give(double, province.xa)


def test_a_communes_own_directive_answers_the_provinces_point(province: Province) -> None:
    directive = province.directive("Ban hành chỉ thị")
    point = directive.points.get()
    with pytest.raises(Refused):
        _commune_directive(province, point)  # not given to the commune: it cannot even see it
    province.give(point, province.xa)
    own = _commune_directive(province, point)
    link = chain(directive, province.today)
    assert [below.document for _, rows in link.points for below in rows] == [own]


def _commune_directive(province: Province, point: Point) -> Document:
    values = DocumentIn(
        unit=province.xa,
        kind="Chỉ thị",
        issuer="Ban Thường vụ Đảng ủy xã Mẫu Một",
        subject="tăng cường bảo vệ bí mật nhà nước",
        number="03",
        symbol="CT/ĐU",
        day=date(2026, 4, 5),
        points=(PointIn("Phổ biến đến từng chi bộ", "Phổ biến"),),
    )
    done = province.do(IssueDocument(IssueDocument.Input(values, (point,))), "vt_xa")
    return Document.objects.get(public_id=done.event.data["document"])


def test_the_same_document_is_not_entered_twice_but_a_number_may_recur(province: Province) -> None:
    province.directive("Một", number="02")
    with pytest.raises(Refused) as refused:
        province.directive("Một", number="02")
    assert "đã có trong sổ" in messages(refused)
    values = DocumentIn(
        unit=province.tinh,
        kind="Hướng dẫn",
        issuer="Ban Tổ chức Trung ương",
        subject="đánh giá cán bộ",
        number="02",
        symbol="CT-TTg",
        day=date(2026, 3, 1),
    )
    province.do(ConfirmDocument(values), "vt_tinh")
    assert Document.objects.filter(number="02").count() == 2


def test_hostile_typing_is_refused_at_its_field_and_nothing_is_written(province: Province) -> None:
    before = Event.objects.count()
    for text in ("", "a" * 30_000, "che\u202egiấu", "chuông\x07"):
        with pytest.raises(Refused) as refused:
            province.directive(text)
        assert {r.field for r in refused.value.refusals} == {"point-1"}
    assert Event.objects.count() == before


def test_withdrawing_ends_what_is_owed_and_the_log_rebuilds_it_all(province: Province) -> None:
    directive = province.directive("Phổ biến Luật", "Tự kiểm tra")
    one = province.give(directive.points.first(), province.xa, province.xa2)[0]
    report(province, one, "vt_xa")
    province.do(CloseDue(CloseDue.Input(one)), "vt_tinh")
    other = Due.objects.get(unit=province.xa2)
    province.do(WithdrawTask(WithdrawTask.Input(other.task, "Giao nhầm")), "vt_tinh")
    assert [r.units for r in cover(directive.points.all(), province.today)] == [{province.xa.pk: "done"}, {}]
    assert differences() == []
