"""Answers go upwards: a commune answers the province's points, the province is not asked to answer the commune's."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from bmnn.office.guidance.acts.issue_document import IssueDocument
from bmnn.office.guidance.confirmed import DocumentIn, PointIn
from bmnn.office.guidance.models import Document
from tests.office.guidance.conftest import Province
from tests.office.guidance.test_pages import as_person


def test_an_upper_unit_is_not_offered_to_answer_a_lower_units_directive(province: Province) -> None:
    upper = province.directive("Ban hành chỉ thị").points.get()
    province.give(upper, province.xa)
    values = DocumentIn(unit=province.xa, kind="Chỉ thị", issuer="Đảng ủy xã Mẫu Một", subject="tăng cường bảo vệ",
                        number="03", symbol="CT/ĐU", day=date(2026, 4, 5),
                        points=(PointIn("Phổ biến đến từng chi bộ", "Phổ biến"),))  # fmt: skip
    done = province.do(IssueDocument(IssueDocument.Input(values, (upper,))), "vt_xa")
    lower = Document.objects.get(public_id=done.event.data["document"])
    point = lower.points.get()

    clerk = as_person(province, "vt_tinh")
    page = clerk.get(reverse("guidance:document", args=[lower.public_id]))
    assert page.status_code == 200 and "Phổ biến đến từng chi bộ" in page.content.decode()
    assert reverse("guidance:answer", args=[point.public_id]) not in page.content.decode()
    assert str(point.public_id) not in clerk.get(reverse("guidance:issue")).content.decode()

    below = as_person(province, "vt_xa")
    page = below.get(reverse("guidance:document", args=[upper.document.public_id]))
    assert reverse("guidance:answer", args=[upper.public_id]) in page.content.decode()
    assert str(upper.public_id) in below.get(reverse("guidance:issue")).content.decode()
